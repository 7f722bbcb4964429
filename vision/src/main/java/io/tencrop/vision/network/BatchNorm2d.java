package io.tencrop.vision.network;

import io.tencrop.vision.network.Initializer.Constant;
import java.util.List;

/**
 * {@code torch.nn.BatchNorm2d} (Ioffe and Szegedy 2015) with PyTorch's momentum 0.1 and eps 1e-5.
 */
record BatchNorm2d(int channels) implements Layer {
  static final String EPSILON = "1.0e-5";

  private static final double MOMENTUM = 0.1;

  @Override
  public ActivationShape output(ActivationShape input) throws ArchitectureException {
    if (!input.isImage() || input.sizes().get(0) != channels) {
      throw new ArchitectureException(
          "a batch norm over %d channels cannot take %s".formatted(channels, input));
    }
    return input;
  }

  @Override
  public List<Parameter> parameters() {
    List<Long> shape = List.of((long) channels);
    return List.of(
        new Parameter("weight", shape, Constant.ONE), new Parameter("bias", shape, Constant.ZERO));
  }

  @Override
  public List<Buffer> buffers() {
    return List.of(new Buffer("running_mean", channels, 0), new Buffer("running_var", channels, 1));
  }

  @Override
  public String script(String input, Scope scope) {
    return "torch.batch_norm(%s, %s, %s, %s, %s, %s, %s, %s, True)"
        .formatted(
            input,
            scope.parameter("weight"),
            scope.parameter("bias"),
            scope.buffer("running_mean"),
            scope.buffer("running_var"),
            scope.training(),
            scope.momentum(MOMENTUM),
            EPSILON);
  }

  @Override
  public Trace.Tensor trace(Trace.Tensor input, ActivationShape output, Trace trace) {
    // The mean and deviation of each channel over the batch.
    return trace.operation(
        input, output, Cost.NONE.keepingInput().keepingPerBatch(2 * Trace.BYTES * channels));
  }
}
