package io.tencrop.vision.weights;

import io.tencrop.vision.safetensors.SafetensorsWriter;
import io.tencrop.vision.safetensors.SafetensorsWriter.Entry;
import io.tencrop.vision.safetensors.TensorType;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file of weights: safetensors, or a state dict that {@code torch.save} wrote. What it holds is
 * known from its directory; the numbers are read when they are asked for, a piece at a time.
 *
 * <p>A state dict may lie within a checkpoint's dict under {@code state_dict}, {@code model} or
 * {@code model_state_dict}; the prefixes {@code module.} and {@code _orig_mod.} that PyTorch's
 * wrappers put before every name are taken off; batch norm's {@code num_batches_tracked} is left
 * out, since nothing is computed from it.
 */
public final class WeightsFile implements Closeable {
  /** In all tensors together: 4 GiB of float32. */
  static final long MAX_ELEMENTS = 1L << 30;

  private static final int MAX_TENSORS = 100_000;
  private static final int CHUNK_FLOATS = 1 << 16;
  private static final String COUNTER = "num_batches_tracked";
  private static final List<String> WRAPPERS = List.of("module.", "_orig_mod.");

  private final FileChannel channel;
  private final Map<String, StoredTensor> tensors;

  private WeightsFile(FileChannel channel, Map<String, StoredTensor> tensors) {
    this.channel = channel;
    this.tensors = tensors;
  }

  /**
   * Opens a file and reads its directory.
   *
   * @throws WeightsFormatException when it is of another format, damaged, or holds anything but
   *     weights
   */
  public static WeightsFile open(Path file) throws IOException {
    return of(FileChannel.open(file, StandardOpenOption.READ));
  }

  /**
   * Reads the directory of a file that is open, and closes it when it cannot be read, or else with
   * {@link #close()}.
   *
   * @throws WeightsFormatException when it is of another format, damaged, or holds anything but
   *     weights
   */
  public static WeightsFile of(FileChannel channel) throws IOException {
    try {
      List<StoredTensor> found =
          TorchFiles.isOne(channel) ? TorchFiles.read(channel) : SafetensorsFiles.read(channel);
      return new WeightsFile(channel, byName(found));
    } catch (ArithmeticException e) {
      channel.close();
      throw new WeightsFormatException("it has a tensor of an impossible shape", e);
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  private static Map<String, StoredTensor> byName(Collection<StoredTensor> found)
      throws WeightsFormatException {
    if (found.size() > MAX_TENSORS) {
      throw new WeightsFormatException(
          "%d tensors; at most %d are taken".formatted(found.size(), MAX_TENSORS));
    }
    Map<String, StoredTensor> tensors = new TreeMap<>();
    long elements = 0;
    for (StoredTensor tensor : withoutWrappers(found)) {
      elements = Math.addExact(elements, tensor.elements());
      tensors.put(tensor.name(), tensor);
    }
    if (tensors.isEmpty()) {
      throw new WeightsFormatException("there are no weights in it");
    }
    if (elements > MAX_ELEMENTS) {
      throw new WeightsFormatException(
          "the tensors have %d elements in all; at most %d are taken"
              .formatted(elements, MAX_ELEMENTS));
    }
    return Collections.unmodifiableMap(tensors);
  }

  private static Collection<StoredTensor> withoutWrappers(Collection<StoredTensor> tensors) {
    for (String wrapper : WRAPPERS) {
      if (!tensors.isEmpty()
          && tensors.stream().allMatch(tensor -> tensor.name().startsWith(wrapper))) {
        List<StoredTensor> unwrapped = new ArrayList<>();
        tensors.forEach(
            tensor -> unwrapped.add(tensor.named(tensor.name().substring(wrapper.length()))));
        return withoutWrappers(unwrapped);
      }
    }
    return tensors;
  }

  /** Whether the tensor counts batches; nothing is computed from it. */
  static boolean isCounter(String name) {
    return name.equals(COUNTER) || name.endsWith("." + COUNTER);
  }

  /** The shape of each tensor, in the order of the names. */
  public Map<String, List<Long>> shapes() {
    Map<String, List<Long>> shapes = new TreeMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return Collections.unmodifiableMap(shapes);
  }

  /** Takes a piece of a tensor's elements. */
  @FunctionalInterface
  public interface Sink {
    /** Float32, little endian; valid until this returns. */
    void accept(ByteBuffer elements) throws IOException;
  }

  /**
   * A tensor's elements as float32, row-major, in pieces of at most 256 KiB.
   *
   * @throws IllegalArgumentException when there is none of this name
   */
  public void copy(String name, Sink sink) throws IOException {
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("there is no tensor '" + name + "'");
    }
    long bytes = tensor.span() * tensor.type().bytes();
    if (bytes > Integer.MAX_VALUE) {
      throw new WeightsFormatException(
          "tensor '%s' lies over %d bytes, more than 2 GiB".formatted(name, bytes));
    }
    ByteBuffer data =
        channel.map(FileChannel.MapMode.READ_ONLY, tensor.position(), bytes).order(tensor.order());
    if (tensor.isFloat32RowMajor()) {
      slices(data, sink);
    } else {
      new Elements(tensor, data, sink).copy();
    }
  }

  private static void slices(ByteBuffer data, Sink sink) throws IOException {
    while (data.hasRemaining()) {
      int length = Math.min(CHUNK_FLOATS * Float.BYTES, data.remaining());
      sink.accept(data.slice(data.position(), length).order(ByteOrder.LITTLE_ENDIAN));
      data.position(data.position() + length);
    }
  }

  /** Walks over a tensor's elements in row-major order, whatever its strides. */
  private static final class Elements {
    private final StoredTensor tensor;
    private final ByteBuffer data;
    private final Sink sink;
    private final ByteBuffer chunk =
        ByteBuffer.allocate(CHUNK_FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    Elements(StoredTensor tensor, ByteBuffer data, Sink sink) {
      this.tensor = tensor;
      this.data = data;
      this.sink = sink;
    }

    void copy() throws IOException {
      if (tensor.elements() > 0) {
        walk(0, 0);
        flush();
      }
    }

    private void walk(int dimension, int place) throws IOException {
      if (dimension == tensor.shape().size()) {
        put(place);
        return;
      }
      long size = tensor.shape().get(dimension);
      int stride = tensor.strides().get(dimension).intValue();
      boolean last = dimension == tensor.shape().size() - 1;
      for (long i = 0; i < size; i++) {
        int next = place + (int) i * stride;
        if (last) {
          put(next);
        } else {
          walk(dimension + 1, next);
        }
      }
    }

    private void put(int place) throws IOException {
      if (!chunk.hasRemaining()) {
        flush();
      }
      chunk.putFloat(tensor.type().read(data, place * tensor.type().bytes()));
    }

    private void flush() throws IOException {
      sink.accept(chunk.flip());
      chunk.clear();
    }
  }

  /**
   * All of it as safetensors, float32, in the order of the names: the same weights give the same
   * bytes, whatever file they came in. Closes the stream.
   */
  public void writeSafetensors(OutputStream out) throws IOException {
    List<Entry> entries = new ArrayList<>();
    tensors.forEach((name, tensor) -> entries.add(new Entry(name, TensorType.F32, tensor.shape())));
    try (SafetensorsWriter writer = new SafetensorsWriter(out, entries, Map.of("format", "pt"))) {
      for (String name : tensors.keySet()) {
        copy(name, writer::write);
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
