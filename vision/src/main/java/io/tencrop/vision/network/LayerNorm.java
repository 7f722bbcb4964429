package io.tencrop.vision.network;

import io.tencrop.vision.network.Initializer.Constant;
import java.util.List;

/**
 * {@code torch.nn.LayerNorm} over the last dimension (Ba, Kiros and Hinton 2016) with the eps 1e-6
 * of torchvision's vision transformers.
 */
record LayerNorm(int width) implements Layer {
  @Override
  public ActivationShape output(ActivationShape input) throws ArchitectureException {
    if (input.last() != width) {
      throw new ArchitectureException(
          "a layer norm over %d values cannot take %s".formatted(width, input));
    }
    return input;
  }

  @Override
  public List<Parameter> parameters() {
    List<Long> shape = List.of((long) width);
    return List.of(
        new Parameter("weight", shape, Constant.ONE), new Parameter("bias", shape, Constant.ZERO));
  }

  @Override
  public String script(String input, Scope scope) {
    return "torch.layer_norm(%s, [%d], %s, %s, 1.0e-6)"
        .formatted(input, width, scope.parameter("weight"), scope.parameter("bias"));
  }

  @Override
  public Trace.Tensor trace(Trace.Tensor input, ActivationShape output, Trace trace) {
    // The mean and deviation of each token.
    long tokens = output.elements() / width;
    return trace.operation(
        input, output, Cost.NONE.keepingInput().keeping(2 * Trace.BYTES * tokens));
  }
}
