package io.tencrop.vision.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Float32 tensors that live between calls and that a program may change in place: parameters, or an
 * optimizer's state.
 */
public final class TensorGroup implements AutoCloseable {
  private final List<PtNDArray> tensors;
  private final IValue list;

  /** A tensor's values, row-major. */
  public record Content(List<Long> shape, FloatBuffer values) {}

  TensorGroup(List<PtNDArray> tensors) {
    this.tensors = List.copyOf(tensors);
    list = IValue.listFrom(tensors.toArray(new PtNDArray[0]));
  }

  IValue list() {
    return list;
  }

  /** Copies of the values as they are now, little endian float32, one buffer per tensor. */
  public List<ByteBuffer> copy() {
    List<ByteBuffer> copies = new ArrayList<>(tensors.size());
    for (PtNDArray tensor : tensors) {
      copies.add(copy(tensor));
    }
    return Collections.unmodifiableList(copies);
  }

  /**
   * Read from the tensor's own memory: the engine's copy into a Java array ends the process when
   * the heap is full, where an allocation here is an {@link OutOfMemoryError}. Flattening puts
   * channels-last weights into row-major order.
   */
  private static ByteBuffer copy(PtNDArray tensor) {
    try (NDArray rowMajor = tensor.flatten();
        NDArray host = rowMajor.toDevice(Device.cpu(), false)) {
      ByteBuffer values = host.toByteBuffer(true);
      ByteBuffer copy = ByteBuffer.allocate(values.remaining()).order(ByteOrder.LITTLE_ENDIAN);
      return copy.put(values).flip();
    }
  }

  @Override
  public void close() {
    list.close();
    tensors.forEach(PtNDArray::close);
  }
}
