package io.tencrop.vision.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What is worth its cost: nothing else is at least as accurate and as cheap. */
public final class ParetoFront {
  private static final double POINTS = 100;

  private ParetoFront() {}

  /**
   * A place on a front.
   *
   * @param candidate that stands there
   * @param pricePerPoint what each percentage point of accuracy beyond the step before costs, in
   *     the unit of the cost; absent for the first step
   */
  public record Step<T>(
      T candidate, double cost, double accuracy, @Nullable Double pricePerPoint) {}

  /**
   * The front, from the cheapest to the most accurate. Of candidates that are equal in both, the
   * first of the list stands for all.
   *
   * @param cost of a candidate, the lower the better
   * @param accuracy share right, in [0, 1]
   */
  public static <T> List<Step<T>> of(
      List<T> candidates, ToDoubleFunction<T> cost, ToDoubleFunction<T> accuracy) {
    List<T> byCost =
        candidates.stream()
            .sorted(
                Comparator.comparingDouble(cost)
                    .thenComparing(Comparator.comparingDouble(accuracy).reversed()))
            .toList();
    List<Step<T>> front = new ArrayList<>();
    for (T candidate : byCost) {
      double price = cost.applyAsDouble(candidate);
      double right = accuracy.applyAsDouble(candidate);
      if (front.isEmpty()) {
        front.add(new Step<>(candidate, price, right, null));
        continue;
      }
      Step<T> before = front.get(front.size() - 1);
      if (right > before.accuracy()) {
        double points = POINTS * (right - before.accuracy());
        front.add(new Step<>(candidate, price, right, (price - before.cost()) / points));
      }
    }
    return front;
  }
}
