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

  @Override
  public Trace.Tensor trace(Trace.Tensor input, ActivationShape output, Trace trace) {
    // To a single value PyTorch takes the mean, whose gradient needs the size alone.
    return trace.operation(input, output, size == 1 ? Cost.NONE : Cost.NONE.keepingInput());
  }
}
