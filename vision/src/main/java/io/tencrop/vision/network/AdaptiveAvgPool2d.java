package io.tencrop.vision.network;

/** {@code torch.nn.AdaptiveAvgPool2d} to a square. */
record AdaptiveAvgPool2d(int size) implements Layer {
  @Override
  public ActivationShape output(ActivationShape input) throws ArchitectureException {
    if (!input.isImage()) {
      throw new ArchitectureException("a pooling window needs an image, not " + input);
    }
    return ActivationShape.image(input.sizes().get(0), size, size);
  }

  @Override
  public String script(String input, Scope scope) {
    return "torch.adaptive_avg_pool2d(%s, [%d, %d])".formatted(input, size, size);
  }
}
