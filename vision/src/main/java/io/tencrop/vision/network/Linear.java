package io.tencrop.vision.network;

import io.tencrop.vision.network.Initializer.Constant;
import io.tencrop.vision.network.Initializer.Normal;
import io.tencrop.vision.network.Initializer.Uniform;
import java.util.List;

/**
 * {@code torch.nn.Linear}.
 *
 * @param start the distribution of its initial values
 */
record Linear(int inputs, int outputs, Start start) implements Layer {

  /** Distributions of initial values. */
  enum Start {
    /** {@code torch.nn.Linear}'s own. */
    DEFAULT,
    /** Torchvision's VGG: normal with deviation 0.01, bias 0. */
    NORMAL
  }

  @Override
  public ActivationShape output(ActivationShape input) throws ArchitectureException {
    if (input.isImage() || input.elements() != inputs) {
      throw new ArchitectureException(
          "a linear layer of %d inputs cannot take %s".formatted(inputs, input));
    }
    return ActivationShape.features(outputs);
  }

  @Override
  public List<Parameter> parameters() {
    boolean normal = start == Start.NORMAL;
    Initializer uniform = Uniform.ofFanIn(inputs);
    return List.of(
        new Parameter(
            "weight", List.of((long) outputs, (long) inputs), normal ? new Normal(0.01) : uniform),
        new Parameter("bias", List.of((long) outputs), normal ? Constant.ZERO : uniform));
  }

  @Override
  public String script(String input, Scope scope) {
    return "torch.linear(%s, %s, %s)"
        .formatted(input, scope.operand("weight"), scope.operand("bias"));
  }
}
