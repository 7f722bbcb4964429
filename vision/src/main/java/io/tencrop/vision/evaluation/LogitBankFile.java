package io.tencrop.vision.evaluation;

import io.tencrop.vision.safetensors.Float16;
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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A logit bank as a safetensors file: {@code logits} F32 or F16 {@code [n, views, outputs]}, {@code
 * labels} I32 {@code [n]}, {@code ids} I64 {@code [n]}.
 */
public final class LogitBankFile {
  private static final Set<TensorType> TYPES = Set.of(TensorType.F32, TensorType.F16);
  private static final String LOGITS = "logits";
  private static final String LABELS = "labels";
  private static final String IDS = "ids";

  /** Values written at a time, through one small buffer. */
  private static final int CHUNK = 1 << 16;

  /** Values read at a time, from one mapped piece of the file. */
  private static final int MAPPED = 1 << 24;

  private LogitBankFile() {}

  /**
   * Writes the bank and closes the stream; the same bank and metadata always give the same bytes.
   *
   * @param metadata free text by key, for people and other programs
   */
  public static void write(LogitBank bank, Map<String, String> metadata, OutputStream out)
      throws IOException {
    write(bank, TensorType.F32, metadata, out);
  }

  /**
   * The same with the logits in another type.
   *
   * @param type F32 or F16; of F16 a reader has {@link LogitBank#inFloat16()}
   */
  public static void write(
      LogitBank bank, TensorType type, Map<String, String> metadata, OutputStream out)
      throws IOException {
    if (!TYPES.contains(type)) {
      throw new IllegalArgumentException("logits as " + type);
    }
    long n = bank.images();
    List<Entry> entries =
        List.of(
            new Entry(LOGITS, type, List.of(n, (long) bank.views(), (long) bank.outputs())),
            new Entry(LABELS, TensorType.I32, List.of(n)),
            new Entry(IDS, TensorType.I64, List.of(n)));
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (SafetensorsWriter writer = new SafetensorsWriter(out, entries, metadata)) {
      for (int from = 0; from < bank.logits().length; from += CHUNK) {
        int count = Math.min(CHUNK, bank.logits().length - from);
        chunk.clear();
        if (type == TensorType.F16) {
          for (int i = from; i < from + count; i++) {
            chunk.putShort(Float16.of(bank.logits()[i]));
          }
          chunk.flip();
        } else {
          chunk.asFloatBuffer().put(bank.logits(), from, count);
          chunk.limit(count * Float.BYTES);
        }
        writer.write(chunk);
      }
      for (int from = 0; from < n; from += CHUNK) {
        int count = Math.min(CHUNK, bank.images() - from);
        chunk.clear().asIntBuffer().put(bank.labels(), from, count);
        writer.write(chunk.limit(count * Integer.BYTES));
      }
      for (int from = 0; from < n; from += CHUNK) {
        int count = Math.min(CHUNK, bank.images() - from);
        chunk.clear().asLongBuffer().put(bank.ids(), from, count);
        writer.write(chunk.limit(count * Long.BYTES));
      }
    }
  }

  /**
   * Reads a bank.
   *
   * @throws SafetensorsFormatException when the file is not one
   */
  public static LogitBank read(Path path) throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      TensorType type =
          file.tensor(LOGITS).type() == TensorType.F16 ? TensorType.F16 : TensorType.F32;
      TensorInfo info = require(file, path, LOGITS, type, 3);
      int n = size(info, 0, path);
      int views = size(info, 1, path);
      int outputs = size(info, 2, path);
      if (info.elements() > Integer.MAX_VALUE - 8 || views < 1 || outputs < 1) {
        throw new SafetensorsFormatException(
            path + ": logits of shape " + info.shape() + " cannot be read");
      }
      requireLength(require(file, path, LABELS, TensorType.I32, 1), n, path);
      requireLength(require(file, path, IDS, TensorType.I64, 1), n, path);
      float[] logits = new float[(int) info.elements()];
      for (int from = 0; from < logits.length; from += MAPPED) {
        int count = Math.min(MAPPED, logits.length - from);
        ByteBuffer values = file.slice(LOGITS, (long) from * type.bytes(), count * type.bytes());
        if (type == TensorType.F16) {
          for (int i = 0; i < count; i++) {
            logits[from + i] = Float16.toFloat(values.getShort());
          }
        } else {
          values.asFloatBuffer().get(logits, from, count);
        }
      }
      int[] labels = new int[n];
      file.data(LABELS).asIntBuffer().get(labels);
      long[] ids = new long[n];
      file.data(IDS).asLongBuffer().get(ids);
      return new LogitBank(views, outputs, logits, labels, ids);
    }
  }

  private static TensorInfo require(
      SafetensorsFile file, Path path, String name, TensorType type, int dimensions)
      throws SafetensorsFormatException {
    TensorInfo info = file.tensor(name);
    if (info.type() != type || info.shape().size() != dimensions) {
      throw new SafetensorsFormatException(
          "%s: '%s' is %s %s, expected %s with %d dimensions"
              .formatted(path, name, info.type(), info.shape(), type, dimensions));
    }
    return info;
  }

  private static void requireLength(TensorInfo info, int n, Path path)
      throws SafetensorsFormatException {
    if (info.shape().get(0) != n) {
      throw new SafetensorsFormatException(
          "%s: '%s' has %d entries for %d images"
              .formatted(path, info.name(), info.shape().get(0), n));
    }
  }

  private static int size(TensorInfo info, int dimension, Path path)
      throws SafetensorsFormatException {
    long size = info.shape().get(dimension);
    if (size > Integer.MAX_VALUE) {
      throw new SafetensorsFormatException(
          path + ": logits of shape " + info.shape() + " cannot be read");
    }
    return (int) size;
  }
}
