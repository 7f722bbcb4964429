package io.tencrop.vision.diagnosis;

import java.util.List;
import java.util.Optional;

/**
 * How much of the gradient reaches the layer nearest to the image, in the last step of an epoch.
 * Norms of gradients are taken over the norms of the weights, so that layers of different sizes can
 * be compared.
 *
 * @param epoch from 1
 * @param firstParameter the trained weight nearest to the image
 * @param first norm of its gradient over its own norm
 * @param lastParameter the weight nearest to the answer
 * @param last norm of its gradient over its own norm
 */
public record GradientFlow(
    int epoch, String firstParameter, double first, String lastParameter, double last) {
  /** Below this the first layer learns next to nothing beside the last. */
  private static final double VANISHING = 1e-3;

  /**
   * Norms of a parameter and its gradient.
   *
   * @param name torchvision's: weights end with {@code .weight}
   */
  public record Norm(String name, double gradient, double value) {}

  /**
   * Of a network.
   *
   * @param norms in the network's order
   * @return empty when fewer than two weights are trained
   */
  public static Optional<GradientFlow> of(int epoch, List<Norm> norms) {
    List<Norm> weights =
        norms.stream().filter(norm -> norm.name().endsWith(".weight") && norm.value() > 0).toList();
    if (weights.size() < 2) {
      return Optional.empty();
    }
    Norm first = weights.get(0);
    Norm last = weights.get(weights.size() - 1);
    return Optional.of(
        new GradientFlow(
            epoch,
            first.name(),
            first.gradient() / first.value(),
            last.name(),
            last.gradient() / last.value()));
  }

  /** Whether hardly anything reaches the first layer. */
  boolean vanishes() {
    return first <= VANISHING * last;
  }
}
