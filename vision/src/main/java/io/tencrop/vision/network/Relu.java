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
}
