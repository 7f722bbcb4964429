package io.tencrop.gateway.state;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.UUID;

/**
 * The key of a checkpoint.
 *
 * @param averagedEpochs of how many epochs it is the mean; 0: as it was trained
 */
@Embeddable
public record RunStep(
    @Column(name = "run_id") UUID runId,
    @Column(name = "step") long step,
    @Column(name = "averaged_epochs") int averagedEpochs) {}
