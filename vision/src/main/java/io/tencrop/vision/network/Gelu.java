package io.tencrop.vision.network;

/** {@code torch.nn.GELU} (Hendrycks and Gimpel 2016), exact. */
record Gelu() implements Layer {
  @Override
  public ActivationShape output(ActivationShape input) {
    return input;
  }

  @Override
  public String script(String input, Scope scope) {
    return "torch.gelu(" + input + ")";
  }

  @Override
  public Trace.Tensor trace(Trace.Tensor input, ActivationShape output, Trace trace) {
    return trace.operation(input, output, Cost.NONE.keepingInput());
  }
}
