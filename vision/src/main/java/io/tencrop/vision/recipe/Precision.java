package io.tencrop.vision.recipe;

/** What convolutions, linear layers and attention compute in. */
public enum Precision {
  FLOAT32,
  /**
   * Activations, and the weights as those layers see them; the weights themselves, their gradients,
   * normalization's statistics, the loss and the optimizer stay in float32. As {@code
   * torch.autocast} does it.
   */
  BFLOAT16
}
