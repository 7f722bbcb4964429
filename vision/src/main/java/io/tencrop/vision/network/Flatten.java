package io.tencrop.vision.network;

/** {@code torch.nn.Flatten}: all but the batch into one. */
record Flatten() implements Layer {
  @Override
  public ActivationShape output(ActivationShape input) {
    return ActivationShape.features(input.elements());
  }

  @Override
  public String script(String input, Scope scope) {
    return "torch.flatten(" + input + ", 1)";
  }

  @Override
  public Trace.Tensor trace(Trace.Tensor input, ActivationShape output, Trace trace) {
    return trace.operation(input, output, Cost.IN_PLACE);
  }
}
