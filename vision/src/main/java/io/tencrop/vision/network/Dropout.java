package io.tencrop.vision.network;

/**
 * {@code torch.nn.Dropout} (Srivastava et al. 2014).
 *
 * @param probability of a value to become zero in training
 */
record Dropout(double probability) implements Layer {
  @Override
  public ActivationShape output(ActivationShape input) {
    return input;
  }

  @Override
  public String script(String input, Scope scope) {
    return "torch.dropout(%s, %s, %s)".formatted(input, probability, scope.training());
  }
}
