package io.tencrop.vision.recipe;

import java.util.List;

/**
 * How much of a network is trained.
 *
 * @param freeze patterns of names of parameters that keep their values: {@code *} stands for any
 *     characters. As {@code requires_grad = False} in PyTorch, so the running statistics of a
 *     frozen batch norm still follow the batches
 * @param bodyLearningRateFactor factor of the learning rate for all parameters but the head's
 */
public record FineTuning(List<String> freeze, double bodyLearningRateFactor) {
  /** All of it, at one rate. */
  public static final FineTuning NONE = new FineTuning(List.of(), 1);

  public FineTuning {
    freeze = List.copyOf(freeze);
    if (!(bodyLearningRateFactor > 0)) {
      throw new IllegalArgumentException(
          "the body's factor is %s; it must be above 0, and 'freeze' is for 0"
              .formatted(bodyLearningRateFactor));
    }
  }

  /** Whether a pattern matches the parameter's name. */
  public boolean freezes(String parameter) {
    return freeze.stream().anyMatch(pattern -> matches(pattern, parameter));
  }

  private static boolean matches(String pattern, String name) {
    StringBuilder expression = new StringBuilder();
    for (String literal : pattern.split("\\*", -1)) {
      expression.append(expression.isEmpty() ? "" : ".*").append(quote(literal));
    }
    return name.matches(expression.toString());
  }

  private static String quote(String literal) {
    return "\\Q" + literal.replace("\\E", "\\E\\\\E\\Q") + "\\E";
  }
}
