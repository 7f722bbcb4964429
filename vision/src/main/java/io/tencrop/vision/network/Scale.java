package io.tencrop.vision.network;

/** All values times the same factor. */
record Scale(double factor) implements Layer {
  @Override
  public ActivationShape output(ActivationShape input) {
    return input;
  }

  @Override
  public String script(String input, Scope scope) {
    return "torch.mul(%s, %s)".formatted(input, factor);
  }

  @Override
  public Trace.Tensor trace(Trace.Tensor input, ActivationShape output, Trace trace) {
    return trace.operation(input, output, Cost.NONE);
  }
}
