package io.tencrop.vision.weights;

import io.tencrop.vision.safetensors.SafetensorsFile;
import io.tencrop.vision.safetensors.SafetensorsFormatException;
import io.tencrop.vision.safetensors.SafetensorsWriter;
import io.tencrop.vision.safetensors.SafetensorsWriter.Entry;
import io.tencrop.vision.safetensors.TensorInfo;
import io.tencrop.vision.safetensors.TensorType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The mean of weights, as {@code torch.optim.swa_utils.AveragedModel} has it (Izmailov et al.
 * 2018), but summed in double precision and rounded once.
 */
public final class WeightAverage {
  /** Values at a time, so that memory does not grow with the tensors. */
  private static final int BLOCK = 1 << 18;

  private final List<SafetensorsFile> files;
  private final double[] sums = new double[BLOCK];
  private final ByteBuffer means =
      ByteBuffer.allocate(BLOCK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  private WeightAverage(List<SafetensorsFile> files) {
    this.files = files;
  }

  /**
   * Writes the mean under the names, and in the order, of the first file, and closes the stream.
   *
   * @param files float32 tensors of the same names and shapes; one alone is copied
   * @param replacements what tensors of these names are instead, little endian float32
   * @throws SafetensorsFormatException when a file lacks a tensor, or has it in another type or
   *     shape; then nothing has been written
   * @throws IllegalArgumentException when there is no file
   */
  public static void write(
      List<SafetensorsFile> files, Map<String, ByteBuffer> replacements, OutputStream out)
      throws IOException {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("there are no weights to average");
    }
    List<Entry> entries = entries(files.get(0));
    for (SafetensorsFile file : files) {
      check(file, entries);
    }
    WeightAverage average = new WeightAverage(files);
    try (SafetensorsWriter writer =
        new SafetensorsWriter(out, entries, files.get(0).header().metadata())) {
      for (Entry entry : entries) {
        ByteBuffer replacement = replacements.get(entry.name());
        if (replacement == null) {
          average.write(entry.name(), writer);
        } else {
          writer.write(replacement.duplicate());
        }
      }
    }
  }

  private static List<Entry> entries(SafetensorsFile file) {
    List<Entry> entries = new ArrayList<>();
    file.header()
        .tensors()
        .forEach((name, tensor) -> entries.add(new Entry(name, TensorType.F32, tensor.shape())));
    return entries;
  }

  private static void check(SafetensorsFile file, List<Entry> entries)
      throws SafetensorsFormatException {
    for (Entry entry : entries) {
      TensorInfo tensor = file.tensor(entry.name());
      if (tensor.type() != entry.type() || !tensor.shape().equals(entry.shape())) {
        throw new SafetensorsFormatException(
            "tensor '%s' is %s %s in one file and %s %s in another: they cannot be averaged"
                .formatted(
                    entry.name(), entry.type(), entry.shape(), tensor.type(), tensor.shape()));
      }
    }
  }

  private void write(String name, SafetensorsWriter writer) throws IOException {
    List<FloatBuffer> tensors = new ArrayList<>();
    for (SafetensorsFile file : files) {
      tensors.add(file.data(name).asFloatBuffer());
    }
    int size = tensors.get(0).remaining();
    for (int from = 0; from < size; from += BLOCK) {
      int values = Math.min(BLOCK, size - from);
      Arrays.fill(sums, 0, values, 0);
      for (FloatBuffer tensor : tensors) {
        for (int i = 0; i < values; i++) {
          sums[i] += tensor.get(from + i);
        }
      }
      means.clear();
      for (int i = 0; i < values; i++) {
        means.putFloat((float) (sums[i] / files.size()));
      }
      writer.write(means.flip());
    }
  }
}
