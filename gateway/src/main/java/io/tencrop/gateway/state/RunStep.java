package io.tencrop.gateway.state;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.UUID;

/** The key of what a run has once per step. */
@Embeddable
public record RunStep(@Column(name = "run_id") UUID runId, @Column(name = "step") long step) {}
