package io.tencrop.vision.network;

/**
 * LeNet-5 (LeCun, Bottou, Bengio and Haffner 1998, section II.B) with ReLU, average pooling and
 * full connections: convolutions of 6 and 16 maps at 5x5, linear layers of 120 and 84.
 */
record LeNet5() implements Architecture {
  static final String NAME = "lenet5";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Network network(Network.Builder builder, int outputs) throws ArchitectureException {
    return builder
        .add("conv1", Conv2d.of(builder.channels(), 6, 5, 1, 0))
        .add("relu1", new Relu())
        .add("pool1", new AvgPool2d(2, 2))
        .add("conv2", Conv2d.of(6, 16, 5, 1, 0))
        .add("relu2", new Relu())
        .add("pool2", new AvgPool2d(2, 2))
        .add("flatten", new Flatten())
        .addLinear("fc1", 120)
        .add("relu3", new Relu())
        .addLinear("fc2", 84)
        .add("relu4", new Relu())
        .addLinear("fc3", outputs)
        .build();
  }
}
