package io.tencrop.vision.recipe;

/**
 * What training minimizes.
 *
 * @param labelSmoothing share of the target that is spread evenly over all classes (Szegedy et al.
 *     2016), {@code label_smoothing} of {@code torch.nn.CrossEntropyLoss}; 0 for none
 */
public record Loss(Kind kind, double labelSmoothing) {
  /** {@link Kind#CROSS_ENTROPY} without smoothing. */
  public static final Loss CROSS_ENTROPY = new Loss(Kind.CROSS_ENTROPY, 0);

  /** {@link Kind#BINARY_CROSS_ENTROPY}. */
  public static final Loss BINARY_CROSS_ENTROPY = new Loss(Kind.BINARY_CROSS_ENTROPY, 0);

  /** The functions that there are. */
  public enum Kind {
    /** Over one logit per class: {@code torch.nn.CrossEntropyLoss}. */
    CROSS_ENTROPY,
    /**
     * Over one logit for two classes: {@code torch.nn.BCEWithLogitsLoss}. A positive logit says
     * class 1.
     */
    BINARY_CROSS_ENTROPY
  }

  public Loss {
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "label smoothing is %s; it must be in [0, 1)".formatted(labelSmoothing));
    }
    if (kind == Kind.BINARY_CROSS_ENTROPY && labelSmoothing != 0) {
      throw new IllegalArgumentException("binary cross-entropy has no label smoothing");
    }
  }

  /**
   * How many logits the network has.
   *
   * @throws IllegalArgumentException when this loss cannot tell so many classes apart
   */
  public int outputs(int classes) {
    if (kind == Kind.BINARY_CROSS_ENTROPY) {
      if (classes != 2) {
        throw new IllegalArgumentException(
            "binary cross-entropy needs 2 classes, the data has " + classes);
      }
      return 1;
    }
    return classes;
  }
}
