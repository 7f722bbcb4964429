package io.tencrop.vision.network;

/** {@code torch.nn.ReLU}, in place: what it takes, nobody else reads. */
record Relu() implements Layer {
  @Override
  public ActivationShape output(ActivationShape input) {
    return input;
  }

  @Override
  public String script(String input, Scope scope) {
    return "torch.relu_(" + input + ")";
  }

  @Override
  public Trace.Tensor trace(Trace.Tensor input, ActivationShape output, Trace trace) {
    return trace.operation(input, output, Cost.IN_PLACE.keepingOutput());
  }
}
