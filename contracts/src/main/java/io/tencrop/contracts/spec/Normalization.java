package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * {@code (x / 255 - mean) / std} by channel: torchvision's {@code ToTensor} and {@code Normalize}.
 * In a spec either the values, or the word {@code computed} for those of the training images, which
 * become known when these are prepared.
 *
 * @param mean one value, or one per channel; none while it is to be computed
 * @param std as many as {@code mean}; positive
 */
public record Normalization(List<Double> mean, List<Double> std) {
  private static final String COMPUTED_LABEL = "computed";

  /** To be computed. Replaced by the values before anything is trained. */
  public static final Normalization COMPUTED = new Normalization(List.of(), List.of());

  public Normalization {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.isEmpty() != std.isEmpty()) {
      throw new IllegalArgumentException(
          "%d means and %d deviations".formatted(mean.size(), std.size()));
    }
  }

  /** Whether the values are still to be computed. */
  public boolean isComputed() {
    return mean.isEmpty();
  }

  /**
   * The means.
   *
   * @throws IllegalStateException when they are still to be computed
   */
  @Override
  public List<Double> mean() {
    checkKnown();
    return mean;
  }

  /**
   * The standard deviations.
   *
   * @throws IllegalStateException when they are still to be computed
   */
  @Override
  public List<Double> std() {
    checkKnown();
    return std;
  }

  private void checkKnown() {
    if (isComputed()) {
      throw new IllegalStateException("the normalization has not been computed from the data");
    }
  }

  private record Values(List<Double> mean, List<Double> std) {}

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Normalization fromJson(Object value) {
    if (value instanceof Map<?, ?> map) {
      return new Normalization(numbers(map, "mean"), numbers(map, "std"));
    }
    if (COMPUTED_LABEL.equals(value)) {
      return COMPUTED;
    }
    throw new IllegalArgumentException("normalize is " + value);
  }

  private static List<Double> numbers(Map<?, ?> map, String name) {
    if (Objects.requireNonNull(map.get(name), name) instanceof List<?> list && !list.isEmpty()) {
      return list.stream().map(number -> ((Number) number).doubleValue()).toList();
    }
    throw new IllegalArgumentException("%s of normalize is %s".formatted(name, map.get(name)));
  }

  @JsonValue
  Object toJson() {
    return isComputed() ? COMPUTED_LABEL : new Values(mean, std);
  }
}
