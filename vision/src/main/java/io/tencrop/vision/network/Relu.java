package io.tencrop.vision.network;

import java.util.function.UnaryOperator;

/** {@code torch.nn.ReLU}. */
record Relu() implements Layer {
  @Override
  public ActivationShape output(ActivationShape input) {
    return input;
  }

  @Override
  public String script(String input, UnaryOperator<String> parameter) {
    return "torch.relu(" + input + ")";
  }
}
