package io.tencrop.vision.recipe;

/**
 * What a network learns from a teacher's answers beside the labels (Hinton, Vinyals and Dean 2015):
 * {@code (1 - weight) * loss(labels) + weight * temperature^2 * KL(teacher || student)}, a mean
 * over the batch. The teacher's answers are softened by the temperature already; the student's
 * logits are divided by it here. The factor keeps the gradients' size when the temperature changes.
 *
 * @param temperature above 0
 * @param weight in (0, 1]
 */
public record Distillation(double temperature, double weight) {
  public Distillation {
    if (!(temperature > 0) || !Double.isFinite(temperature)) {
      throw new IllegalArgumentException(
          "the teacher's temperature is %s; it must be above 0".formatted(temperature));
    }
    if (!(weight > 0 && weight <= 1)) {
      throw new IllegalArgumentException(
          "the teacher's weight is %s; it must be in (0, 1]".formatted(weight));
    }
  }
}
