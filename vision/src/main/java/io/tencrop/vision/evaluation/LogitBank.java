package io.tencrop.vision.evaluation;

import io.tencrop.vision.safetensors.Float16;
import java.util.List;
import java.util.Objects;

/**
 * What one checkpoint answered for every image of a split in every view.
 *
 * @param views crops per image
 * @param outputs logits per crop: as many as classes, or one for two classes
 * @param logits {@code [n, views, outputs]}, row-major
 * @param labels {@code [n]}, the right class of each image
 * @param ids {@code [n]}, the stable id of each image
 */
public record LogitBank(int views, int outputs, float[] logits, int[] labels, long[] ids) {
  public LogitBank {
    if (views < 1 || outputs < 1) {
      throw new IllegalArgumentException("views " + views + ", outputs " + outputs);
    }
    if (labels.length != ids.length || logits.length != (long) labels.length * views * outputs) {
      throw new IllegalArgumentException(
          "%d logits, %d labels and %d ids do not fit %d views of %d outputs"
              .formatted(logits.length, labels.length, ids.length, views, outputs));
    }
  }

  /** How many images. */
  public int images() {
    return labels.length;
  }

  /** How many classes the logits tell apart. */
  public int classes() {
    return Softmax.classes(outputs);
  }

  /** Whether no logit is NaN or infinite. */
  public boolean isFinite() {
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        return false;
      }
    }
    return true;
  }

  /** With each logit rounded to the nearest float16; what is beyond 65504 becomes infinite. */
  public LogitBank inFloat16() {
    float[] rounded = new float[logits.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = Float16.toFloat(Float16.of(logits[i]));
    }
    return new LogitBank(views, outputs, rounded, labels, ids);
  }

  /**
   * The bank of some of the views, {@code [n, chosen, outputs]}.
   *
   * @param chosen places of views, in the order that the result has
   */
  public LogitBank select(List<Integer> chosen) {
    float[] some = new float[Math.multiplyExact(images() * outputs, chosen.size())];
    for (int j = 0; j < chosen.size(); j++) {
      int view = Objects.checkIndex(chosen.get(j), views);
      for (int i = 0; i < images(); i++) {
        int to = (i * chosen.size() + j) * outputs;
        System.arraycopy(logits, (i * views + view) * outputs, some, to, outputs);
      }
    }
    return new LogitBank(chosen.size(), outputs, some, labels, ids);
  }

  /**
   * The images of all parts, one part after another.
   *
   * @throws IllegalArgumentException when there are none, or they differ in views or outputs
   */
  public static LogitBank join(List<LogitBank> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("no parts");
    }
    LogitBank first = parts.get(0);
    int images = parts.stream().mapToInt(LogitBank::images).reduce(0, Math::addExact);
    int perImage = first.views * first.outputs;
    float[] logits = new float[Math.multiplyExact(images, perImage)];
    int[] labels = new int[images];
    long[] ids = new long[images];
    int at = 0;
    for (LogitBank part : parts) {
      if (part.views != first.views || part.outputs != first.outputs) {
        throw new IllegalArgumentException(
            "a part has %d views of %d outputs, the first %d of %d"
                .formatted(part.views, part.outputs, first.views, first.outputs));
      }
      System.arraycopy(part.logits, 0, logits, at * perImage, part.logits.length);
      System.arraycopy(part.labels, 0, labels, at, part.images());
      System.arraycopy(part.ids, 0, ids, at, part.images());
      at += part.images();
    }
    return new LogitBank(first.views, first.outputs, logits, labels, ids);
  }
}
