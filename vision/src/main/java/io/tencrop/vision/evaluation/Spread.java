package io.tencrop.vision.evaluation;

import java.util.OptionalDouble;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;

/**
 * A figure over repetitions, such as seeds.
 *
 * @param count how many repetitions
 * @param mean over them
 * @param deviation the sample's standard deviation, with {@code n - 1}; absent with one repetition
 */
public record Spread(int count, double mean, OptionalDouble deviation) {

  /**
   * The spread of {@code values}.
   *
   * @throws IllegalArgumentException when there are none
   */
  public static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("there are no values to take the mean of");
    }
    OptionalDouble deviation =
        values.length == 1
            ? OptionalDouble.empty()
            : OptionalDouble.of(StandardDeviation.of(values).getAsDouble());
    return new Spread(values.length, Mean.of(values).getAsDouble(), deviation);
  }
}
