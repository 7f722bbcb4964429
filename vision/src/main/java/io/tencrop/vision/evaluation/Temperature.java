package io.tencrop.vision.evaluation;

import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.univariate.BrentOptimizer;
import org.hipparchus.optim.univariate.SearchInterval;
import org.hipparchus.optim.univariate.UnivariateObjectiveFunction;

/**
 * Temperature scaling: all logits are divided by one number, chosen so that the right classes of
 * the validation images are most likely (Guo et al. 2017, section 4.2). It leaves the classes
 * predicted in a single crop as they are.
 */
public final class Temperature {
  private static final double LOWEST = 0.01;
  private static final double HIGHEST = 100;
  private static final double PRECISION = 1e-10;
  private static final int MOST_CALLS = 500;

  private Temperature() {}

  /**
   * The best temperature, in [0.01, 100].
   *
   * @param validation over images that nothing else is reported on
   * @throws IllegalArgumentException when there are no images
   */
  public static double fit(LogitBank validation) {
    UnivariateFunction loss =
        logarithm -> Measures.of(Predictions.of(validation, Math.exp(logarithm))).loss();
    return Math.exp(
        new BrentOptimizer(PRECISION, PRECISION)
            .optimize(
                new MaxEval(MOST_CALLS),
                new UnivariateObjectiveFunction(loss),
                GoalType.MINIMIZE,
                new SearchInterval(Math.log(LOWEST), Math.log(HIGHEST)))
            .getPoint());
  }
}
