package io.tencrop.vision.weights;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Where in a file a tensor's elements lie.
 *
 * @param strides in elements, one per dimension
 * @param position of its first element in the file, in bytes
 */
record StoredTensor(
    String name,
    ElementType type,
    List<Long> shape,
    List<Long> strides,
    long position,
    ByteOrder order) {
  StoredTensor {
    shape = List.copyOf(shape);
    strides = List.copyOf(strides);
  }

  /** The strides of a row-major tensor. */
  static List<Long> rowMajor(List<Long> shape) {
    List<Long> strides = new ArrayList<>();
    long stride = 1;
    for (int i = shape.size() - 1; i >= 0; i--) {
      strides.add(0, stride);
      stride = Math.multiplyExact(stride, Math.max(1, shape.get(i)));
    }
    return strides;
  }

  StoredTensor named(String other) {
    return new StoredTensor(other, type, shape, strides, position, order);
  }

  /** How many elements. */
  long elements() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  /** Whether its bytes are those of a row-major little-endian float32 tensor. */
  boolean isFloat32RowMajor() {
    return type == ElementType.FLOAT
        && order == ByteOrder.LITTLE_ENDIAN
        && strides.equals(rowMajor(shape));
  }

  /** How many elements of the file lie from its first to its last one, both included. */
  long span() {
    if (elements() == 0) {
      return 0;
    }
    long last = 0;
    for (int i = 0; i < shape.size(); i++) {
      last = Math.addExact(last, Math.multiplyExact(shape.get(i) - 1, strides.get(i)));
    }
    return 1 + last;
  }
}
