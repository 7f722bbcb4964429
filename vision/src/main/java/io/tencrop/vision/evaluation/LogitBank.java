package io.tencrop.vision.evaluation;

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
}
