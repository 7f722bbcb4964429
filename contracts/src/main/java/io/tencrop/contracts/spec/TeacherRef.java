package io.tencrop.contracts.spec;

import java.util.UUID;

/**
 * A teacher as messages name it: all that its answers over training images depend on.
 *
 * @param experimentId of the experiment that it is from
 * @param ensemble the name of one of its ensembles, or of a run
 * @param temperature what logits are divided by
 */
public record TeacherRef(UUID experimentId, String ensemble, double temperature) {}
