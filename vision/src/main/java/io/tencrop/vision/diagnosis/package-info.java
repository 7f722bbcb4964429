/**
 * Why a run's loss and accuracy came out as they did. {@link io.tencrop.vision.diagnosis.RunFacts}
 * holds what is known of a run: its curve and what two of its checkpoints answered for the
 * validation images. {@link io.tencrop.vision.diagnosis.Diagnosis} takes from it all that is
 * measured, and {@link io.tencrop.vision.diagnosis.Rules} says in words what follows.
 */
@NullMarked
package io.tencrop.vision.diagnosis;

import org.jspecify.annotations.NullMarked;
