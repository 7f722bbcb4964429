package io.tencrop.vision.network;

import io.tencrop.vision.data.RandomStream;
import io.tencrop.vision.data.RandomStream.Purpose;
import java.util.List;

/**
 * A trained tensor.
 *
 * @param name as torchvision would call it, {@code conv1.weight}
 */
public record Parameter(String name, List<Long> shape, Initializer initializer) {
  public Parameter {
    shape = List.copyOf(shape);
  }

  /** How many values. */
  public int elements() {
    return Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
  }

  /** Its values before training: a function of the seed and its name. */
  public float[] initialValues(long seed) {
    float[] values = new float[elements()];
    initializer.fill(values, RandomStream.of(seed, Purpose.WEIGHTS, name.hashCode()));
    return values;
  }

  Parameter within(String layer) {
    return new Parameter(name.isEmpty() ? layer : layer + "." + name, shape, initializer);
  }
}
