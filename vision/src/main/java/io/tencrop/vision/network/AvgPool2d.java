package io.tencrop.vision.network;

/** {@code torch.nn.AvgPool2d} with a square window. */
record AvgPool2d(int kernel, int stride) implements Layer {
  @Override
  public ActivationShape output(ActivationShape input) throws ArchitectureException {
    return Window.slide("pooling window", input, input.sizes().get(0), kernel, stride, 0);
  }

  @Override
  public String script(String input, Scope scope) {
    return "torch.avg_pool2d(%s, [%d, %d], [%d, %d])"
        .formatted(input, kernel, kernel, stride, stride);
  }

  @Override
  public Trace.Tensor trace(Trace.Tensor input, ActivationShape output, Trace trace) {
    return trace.operation(input, output, Cost.NONE.keepingInput());
  }
}
