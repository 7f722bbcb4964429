package io.tencrop.vision.evaluation;

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

  /** The bank of one of the views, {@code [n, 1, outputs]}. */
  public LogitBank view(int view) {
    if (view < 0 || view >= views) {
      throw new IndexOutOfBoundsException("view " + view + " of " + views);
    }
    float[] one = new float[images() * outputs];
    for (int i = 0; i < images(); i++) {
      System.arraycopy(logits, (i * views + view) * outputs, one, i * outputs, outputs);
    }
    return new LogitBank(1, outputs, one, labels, ids);
  }
}
