package io.tencrop.vision.network;

import java.util.List;
import java.util.function.UnaryOperator;

/** {@code torch.nn.Conv2d} with a square kernel and a bias. */
record Conv2d(int inputs, int outputs, int kernel, int stride, int padding) implements Layer {
  @Override
  public ActivationShape output(ActivationShape input) throws ArchitectureException {
    return Window.slide("convolution", input, outputs, kernel, stride, padding);
  }

  @Override
  public List<Parameter> parameters() {
    Initializer initializer = Initializer.Uniform.ofFanIn(inputs * kernel * kernel);
    return List.of(
        new Parameter(
            "weight",
            List.of((long) outputs, (long) inputs, (long) kernel, (long) kernel),
            initializer),
        new Parameter("bias", List.of((long) outputs), initializer));
  }

  @Override
  public String script(String input, UnaryOperator<String> parameter) {
    return "torch.conv2d(%s, %s, %s, [%d, %d], [%d, %d])"
        .formatted(
            input,
            parameter.apply("weight"),
            parameter.apply("bias"),
            stride,
            stride,
            padding,
            padding);
  }
}
