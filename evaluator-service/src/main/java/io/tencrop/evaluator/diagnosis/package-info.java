/**
 * Why runs came out so, from their curves and their logits for the validation images: {@link
 * io.tencrop.evaluator.diagnosis.RunDiagnoses} says it for a report, {@link
 * io.tencrop.evaluator.diagnosis.MostWrong} finds the images that a run got most wrong. The
 * findings are those of {@code io.tencrop.vision.diagnosis}.
 */
@NullMarked
package io.tencrop.evaluator.diagnosis;

import org.jspecify.annotations.NullMarked;
