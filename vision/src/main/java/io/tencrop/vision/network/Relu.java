package io.tencrop.vision.network;

/** {@code torch.nn.ReLU}. */
record Relu() implements Layer {
  @Override
  public ActivationShape output(ActivationShape input) {
    return input;
  }

  @Override
  public String script(String input, Scope scope) {
    return "torch.relu(" + input + ")";
  }
}
