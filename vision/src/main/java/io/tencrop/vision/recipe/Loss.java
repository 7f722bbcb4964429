package io.tencrop.vision.recipe;

/** What training minimizes. */
public enum Loss {
  /** Over one logit per class: {@code torch.nn.CrossEntropyLoss}. */
  CROSS_ENTROPY,
  /**
   * Over one logit for two classes: {@code torch.nn.BCEWithLogitsLoss}. A positive logit says class
   * 1.
   */
  BINARY_CROSS_ENTROPY;

  /**
   * How many logits the network has.
   *
   * @throws IllegalArgumentException when this loss cannot tell so many classes apart
   */
  public int outputs(int classes) {
    if (this == BINARY_CROSS_ENTROPY) {
      if (classes != 2) {
        throw new IllegalArgumentException(
            "binary cross-entropy needs 2 classes, the data has " + classes);
      }
      return 1;
    }
    return classes;
  }
}
