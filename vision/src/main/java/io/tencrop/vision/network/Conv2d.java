package io.tencrop.vision.network;

import io.tencrop.vision.network.Initializer.Constant;
import io.tencrop.vision.network.Initializer.Normal;
import io.tencrop.vision.network.Initializer.TruncatedNormal;
import io.tencrop.vision.network.Initializer.Uniform;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code torch.nn.Conv2d} with a square kernel.
 *
 * @param start the distribution of its initial values
 */
record Conv2d(
    int inputs, int outputs, int kernel, int stride, int padding, boolean bias, Start start)
    implements Layer {

  /** Distributions of initial values. */
  enum Start {
    /** {@code torch.nn.Conv2d}'s own. */
    DEFAULT,
    /** Torchvision's VGG and ResNet: Kaiming normal by fan-out, bias 0. */
    KAIMING_FAN_OUT,
    /** Torchvision's vision transformers: truncated normal by fan-in, bias 0. */
    TRUNCATED_FAN_IN,
    /**
     * Passes its input's channels on where there are as many outputs, {@code torch.nn.init.dirac_};
     * the rest as {@link #DEFAULT}.
     */
    DIRAC,
    /** Whitens the training images' patches, see {@link Initializer.Whitening}; bias 0. */
    WHITENING
  }

  /** With a bias and the default start. */
  static Conv2d of(int inputs, int outputs, int kernel, int stride, int padding) {
    return new Conv2d(inputs, outputs, kernel, stride, padding, true, Start.DEFAULT);
  }

  @Override
  public ActivationShape output(ActivationShape input) throws ArchitectureException {
    return Window.slide("convolution", input, outputs, kernel, stride, padding);
  }

  @Override
  public List<Parameter> parameters() {
    List<Long> shape = List.of((long) outputs, (long) inputs, (long) kernel, (long) kernel);
    int window = kernel * kernel;
    Initializer uniform = Uniform.ofFanIn(inputs * window);
    Initializer weights =
        switch (start) {
          case DEFAULT -> uniform;
          case KAIMING_FAN_OUT -> Normal.ofFanOut(outputs * window);
          case TRUNCATED_FAN_IN -> TruncatedNormal.ofFanIn(inputs * window);
          case DIRAC -> new Initializer.Dirac(inputs, outputs, kernel);
          case WHITENING -> new Initializer.Whitening(kernel);
        };
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(new Parameter("weight", shape, weights));
    if (bias) {
      parameters.add(
          new Parameter(
              "bias", List.of((long) outputs), start == Start.DEFAULT ? uniform : Constant.ZERO));
    }
    return parameters;
  }

  @Override
  public String script(String input, Scope scope) {
    return "torch.conv2d(%s, %s, %s, [%d, %d], [%d, %d])"
        .formatted(
            input,
            scope.operand("weight"),
            bias ? scope.operand("bias") : "None",
            stride,
            stride,
            padding,
            padding);
  }

  @Override
  public Trace.Tensor trace(Trace.Tensor input, ActivationShape output, Trace trace) {
    long perOutput = (long) inputs * kernel * kernel;
    return trace.operation(input, output, Cost.ofWeights(perOutput * output.elements()));
  }
}
