package io.tencrop.vision.network;

import io.tencrop.vision.network.Initializer.Constant;
import io.tencrop.vision.network.Initializer.Normal;
import io.tencrop.vision.network.Initializer.Uniform;
import java.util.List;

/**
 * {@code torch.nn.Linear}, over the last dimension of {@code [F]} or of tokens {@code [T, D]}.
 *
 * @param start the distribution of its initial values
 */
record Linear(int inputs, int outputs, Start start) implements Layer {

  /** Distributions of initial values. */
  enum Start {
    /** {@code torch.nn.Linear}'s own. */
    DEFAULT,
    /** Torchvision's VGG: normal with deviation 0.01, bias 0. */
    NORMAL,
    /** The MLPs of torchvision's vision transformers: Xavier uniform, bias normal with 1e-6. */
    XAVIER,
    /** The head of torchvision's vision transformers: all 0. */
    ZERO
  }

  @Override
  public ActivationShape output(ActivationShape input) throws ArchitectureException {
    if (input.isImage() || input.last() != inputs) {
      throw new ArchitectureException(
          "a linear layer of %d inputs cannot take %s".formatted(inputs, input));
    }
    return input.isTokens()
        ? ActivationShape.tokens(input.sizes().get(0), outputs)
        : ActivationShape.features(outputs);
  }

  @Override
  public List<Parameter> parameters() {
    Initializer uniform = Uniform.ofFanIn(inputs);
    return switch (start) {
      case DEFAULT -> parameters(uniform, uniform);
      case NORMAL -> parameters(new Normal(0.01), Constant.ZERO);
      case XAVIER -> parameters(Uniform.xavier(inputs, outputs), new Normal(1e-6));
      case ZERO -> parameters(Constant.ZERO, Constant.ZERO);
    };
  }

  private List<Parameter> parameters(Initializer weight, Initializer bias) {
    return List.of(
        new Parameter("weight", List.of((long) outputs, (long) inputs), weight),
        new Parameter("bias", List.of((long) outputs), bias));
  }

  @Override
  public String script(String input, Scope scope) {
    return "torch.linear(%s, %s, %s)"
        .formatted(input, scope.operand("weight"), scope.operand("bias"));
  }

  @Override
  public Trace.Tensor trace(Trace.Tensor input, ActivationShape output, Trace trace) {
    return trace.operation(input, output, Cost.ofWeights((long) inputs * output.elements()));
  }
}
