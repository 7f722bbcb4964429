package io.tencrop.vision.data;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a teacher answers for training images: class probabilities, which a student is trained to
 * give too. Of stored variants there is an answer for each. Immutable.
 *
 * <p>As a file: {@code probabilities} F32 {@code [variants, n, classes]}, {@code ids} I64 {@code
 * [n]}.
 */
public final class SoftTargets {
  private static final String PROBABILITIES = "probabilities";
  private static final String IDS = "ids";

  /** How far from 1 the float32 probabilities of an image may add up. */
  private static final double ROUNDING = 1e-4;

  private final int classes;
  private final List<float[]> variants;
  private final long[] ids;
  private final Map<Long, Integer> rows = new HashMap<>();

  /**
   * The answers to some images.
   *
   * @param variants each {@code [n, classes]}, row-major
   * @param ids {@code [n]}, the stable id of each image
   * @throws IllegalArgumentException unless each image is there once, with probabilities
   */
  public SoftTargets(int classes, List<float[]> variants, long[] ids) {
    this.classes = classes;
    this.variants = List.copyOf(variants);
    this.ids = ids;
    if (classes < 2 || variants.isEmpty()) {
      throw new IllegalArgumentException(
          "%d classes, %d variants".formatted(classes, variants.size()));
    }
    for (int i = 0; i < ids.length; i++) {
      if (rows.put(ids[i], i) != null) {
        throw new IllegalArgumentException("image %d is there twice".formatted(ids[i]));
      }
    }
    variants.forEach(this::check);
  }

  private void check(float... probabilities) {
    if (probabilities.length != (long) ids.length * classes) {
      throw new IllegalArgumentException(
          "%d probabilities for %d images of %d classes"
              .formatted(probabilities.length, ids.length, classes));
    }
    for (int i = 0; i < ids.length; i++) {
      double sum = 0;
      boolean valid = true;
      for (int c = 0; c < classes; c++) {
        float probability = probabilities[i * classes + c];
        valid &= probability >= 0;
        sum += probability;
      }
      if (!valid || !(Math.abs(sum - 1) <= ROUNDING)) {
        throw new IllegalArgumentException(
            "the answer to image %d is no distribution: its probabilities add up to %s"
                .formatted(ids[i], sum));
      }
    }
  }

  public int classes() {
    return classes;
  }

  /** How many variants of each image were answered for. */
  public int variants() {
    return variants.size();
  }

  /** How many images. */
  public int images() {
    return ids.length;
  }

  /** Whether there is an answer to the image. */
  public boolean has(long id) {
    return rows.containsKey(id);
  }

  /**
   * Copies the answer to an image as an epoch, from 0, sees it: {@code [classes]} to {@code target}
   * from {@code offset} on. Epochs see variants as {@link VariantImages} says.
   *
   * @throws IllegalArgumentException when there is none
   */
  public void copy(long id, int epoch, float[] target, int offset) {
    Integer row = rows.get(id);
    if (row == null) {
      throw new IllegalArgumentException("the teacher has no answer to image " + id);
    }
    float[] probabilities = variants.get(epoch % variants.size());
    System.arraycopy(probabilities, row * classes, target, offset, classes);
  }

  /**
   * Writes the file and closes the stream; the same answers and metadata always give the same
   * bytes.
   *
   * @param metadata free text by key, for people and other programs
   */
  public void write(Map<String, String> metadata, OutputStream out) throws IOException {
    long n = ids.length;
    List<Entry> entries =
        List.of(
            new Entry(
                PROBABILITIES, TensorType.F32, List.of((long) variants.size(), n, (long) classes)),
            new Entry(IDS, TensorType.I64, List.of(n)));
    try (SafetensorsWriter writer = new SafetensorsWriter(out, entries, metadata)) {
      ByteBuffer row = ByteBuffer.allocate(classes * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (float[] probabilities : variants) {
        for (int i = 0; i < n; i++) {
          row.clear().asFloatBuffer().put(probabilities, i * classes, classes);
          writer.write(row);
        }
      }
      ByteBuffer id = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (long value : ids) {
        writer.write(id.clear().putLong(0, value));
      }
    }
  }

  /**
   * Reads a file.
   *
   * @throws SafetensorsFormatException when it is not one, or holds no distributions
   */
  public static SoftTargets read(Path path) throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      TensorInfo info = require(file, path, PROBABILITIES, TensorType.F32, 3);
      TensorInfo named = require(file, path, IDS, TensorType.I64, 1);
      long images = info.shape().get(1);
      long each = Math.multiplyExact(images, info.shape().get(2));
      if (named.shape().get(0) != images || each > Integer.MAX_VALUE / Float.BYTES) {
        throw new SafetensorsFormatException(
            "%s: probabilities %s and ids %s cannot be read"
                .formatted(path, info.shape(), named.shape()));
      }
      List<float[]> variants = new ArrayList<>();
      for (long variant = 0; variant < info.shape().get(0); variant++) {
        float[] probabilities = new float[(int) each];
        file.slice(PROBABILITIES, variant * each * Float.BYTES, (int) each * Float.BYTES)
            .asFloatBuffer()
            .get(probabilities);
        variants.add(probabilities);
      }
      long[] ids = new long[(int) images];
      file.data(IDS).asLongBuffer().get(ids);
      return new SoftTargets(Math.toIntExact(info.shape().get(2)), variants, ids);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new SafetensorsFormatException(path + ": " + e.getMessage(), e);
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
}
