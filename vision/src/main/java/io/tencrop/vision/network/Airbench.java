package io.tencrop.vision.network;

/**
 * The network of airbench94 (Jordan 2024, "94% on CIFAR-10 in 3.29 Seconds on a Single GPU",
 * section 3.1), for 32x32: a 2x2 convolution that starts by whitening the training images' patches,
 * three blocks of two convolutions, GELU. Batch norm and head are PyTorch's plain ones.
 *
 * @param widthDivisor divides the maps of every convolution but the first
 */
record Airbench(int widthDivisor) implements Architecture {
  static final String NAME = "airbench";

  private static final int PATCH = 2;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Network network(Network.Builder builder, int outputs) throws ArchitectureException {
    int channels = builder.channels();
    // Each direction and its opposite.
    int whitened = 2 * channels * PATCH * PATCH;
    builder
        .add("whiten", new Conv2d(channels, whitened, PATCH, 1, 0, true, Conv2d.Start.WHITENING))
        .add("gelu", new Gelu());
    block(builder, "group1", 64 / widthDivisor);
    block(builder, "group2", 256 / widthDivisor);
    block(builder, "group3", 256 / widthDivisor);
    return builder
        .add("pool", new MaxPool2d(3, 3, 0))
        .add("flatten", new Flatten())
        .addLinear("head", outputs)
        .add("scale", new Scale(1.0 / 9))
        .build();
  }

  private static void block(Network.Builder builder, String name, int width)
      throws ArchitectureException {
    builder
        .add(name + ".conv1", convolution(builder.channels(), width))
        .add(name + ".pool", new MaxPool2d(2, 2, 0))
        .add(name + ".norm1", new BatchNorm2d(width))
        .add(name + ".gelu1", new Gelu())
        .add(name + ".conv2", convolution(width, width))
        .add(name + ".norm2", new BatchNorm2d(width))
        .add(name + ".gelu2", new Gelu());
  }

  private static Conv2d convolution(int inputs, int outputs) {
    return new Conv2d(inputs, outputs, 3, 1, 1, false, Conv2d.Start.DIRAC);
  }
}
