package io.tencrop.vision.network;

import java.math.BigDecimal;

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
    return probability == 0
        ? input
        : "torch.dropout(%s, %s, %s)"
            .formatted(input, BigDecimal.valueOf(probability).toPlainString(), scope.training());
  }

  @Override
  public Trace.Tensor trace(Trace.Tensor input, ActivationShape output, Trace trace) {
    // On a CPU the mask is a float32 for each value.
    return trace.operationOfTraining(
        input,
        output,
        probability == 0 ? Cost.IN_PLACE : Cost.NONE.keeping(Trace.BYTES * output.elements()));
  }
}
