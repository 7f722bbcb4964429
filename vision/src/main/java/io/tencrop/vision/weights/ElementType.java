package io.tencrop.vision.weights;

import io.tencrop.vision.safetensors.Float16;
import io.tencrop.vision.safetensors.TensorType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Types of elements that become float32. */
enum ElementType {
  FLOAT("FloatStorage", TensorType.F32) {
    @Override
    float read(ByteBuffer data, int at) {
      return data.getFloat(at);
    }
  },
  DOUBLE("DoubleStorage", TensorType.F64) {
    @Override
    float read(ByteBuffer data, int at) {
      return (float) data.getDouble(at);
    }
  },
  HALF("HalfStorage", TensorType.F16) {
    @Override
    float read(ByteBuffer data, int at) {
      return Float16.toFloat(data.getShort(at));
    }
  },
  BFLOAT16("BFloat16Storage", TensorType.BF16) {
    @Override
    float read(ByteBuffer data, int at) {
      return Float.intBitsToFloat(data.getShort(at) << 16);
    }
  };

  private final String storage;
  private final TensorType type;

  ElementType(String storage, TensorType type) {
    this.storage = storage;
    this.type = type;
  }

  /**
   * Of the class {@code torch.<storage>}; empty when its elements are no floating-point numbers.
   */
  static Optional<ElementType> ofStorage(String storage) {
    return Arrays.stream(values()).filter(type -> type.storage.equals(storage)).findFirst();
  }

  /** Of a safetensors file; empty when its elements are no floating-point numbers. */
  static Optional<ElementType> of(TensorType type) {
    return Arrays.stream(values()).filter(known -> known.type == type).findFirst();
  }

  /** Size of one element. */
  int bytes() {
    return type.bytes();
  }

  /** The element whose first byte is at index {@code at}. */
  abstract float read(ByteBuffer data, int at);
}
