package io.tencrop.vision.network;

import java.util.List;
import java.util.function.UnaryOperator;

/** {@code torch.nn.Linear}. */
record Linear(int inputs, int outputs) implements Layer {
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
    Initializer initializer = Initializer.Uniform.ofFanIn(inputs);
    return List.of(
        new Parameter("weight", List.of((long) outputs, (long) inputs), initializer),
        new Parameter("bias", List.of((long) outputs), initializer));
  }

  @Override
  public String script(String input, UnaryOperator<String> parameter) {
    return "torch.linear(%s, %s, %s)"
        .formatted(input, parameter.apply("weight"), parameter.apply("bias"));
  }
}
