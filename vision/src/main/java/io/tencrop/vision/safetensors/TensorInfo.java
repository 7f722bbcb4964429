package io.tencrop.vision.safetensors;

import java.util.List;

/**
 * A tensor of a file, by its header.
 *
 * @param begin first byte, counted from the start of the data section
 * @param end first byte after it
 */
public record TensorInfo(String name, TensorType type, List<Long> shape, long begin, long end) {
  public TensorInfo {
    shape = List.copyOf(shape);
  }

  /** How many elements; 1 for a scalar. */
  public long elements() {
    return elements(shape);
  }

  public long bytes() {
    return end - begin;
  }

  /**
   * The product of the sizes.
   *
   * @throws ArithmeticException when it does not fit a long
   */
  static long elements(List<Long> shape) {
    long product = 1;
    for (long size : shape) {
      product = Math.multiplyExact(product, size);
    }
    return product;
  }
}
