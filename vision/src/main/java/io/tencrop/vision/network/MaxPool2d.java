package io.tencrop.vision.network;

/** {@code torch.nn.MaxPool2d} with a square window. */
record MaxPool2d(int kernel, int stride, int padding) implements Layer {
  @Override
  public ActivationShape output(ActivationShape input) throws ArchitectureException {
    return Window.slide("pooling window", input, input.sizes().get(0), kernel, stride, padding);
  }

  @Override
  public String script(String input, Scope scope) {
    return "torch.max_pool2d(%s, [%d, %d], [%d, %d], [%d, %d])"
        .formatted(input, kernel, kernel, stride, stride, padding, padding);
  }

  @Override
  public Trace.Tensor trace(Trace.Tensor input, ActivationShape output, Trace trace) {
    // An int64 for the place of each maximum.
    return trace.operation(input, output, Cost.NONE.keepingInput().keeping(8L * output.elements()));
  }
}
