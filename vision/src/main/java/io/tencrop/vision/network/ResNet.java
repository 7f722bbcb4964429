package io.tencrop.vision.network;

import java.util.List;

/**
 * ResNet as in torchvision (He et al. 2016), whose ResNet-50 has its stride in the 3x3 convolution.
 *
 * @param blocks per stage
 * @param bottleneck blocks of 1x1, 3x3, 1x1 instead of two 3x3
 * @param stem how it begins
 */
record ResNet(String name, List<Integer> blocks, boolean bottleneck, Stem stem)
    implements Architecture {
  static final String RESNET18 = "resnet18";
  static final String RESNET34 = "resnet34";
  static final String RESNET50 = "resnet50";

  /** Beginnings. */
  enum Stem {
    /** 7x7 with stride 2, then max pooling with stride 2: for 224 px. */
    IMAGENET,
    /** 3x3 with stride 1: for 32 px (section 4.2 of the paper). */
    CIFAR
  }

  static ResNet resnet18(Stem stem) {
    return new ResNet(RESNET18, List.of(2, 2, 2, 2), false, stem);
  }

  static ResNet resnet34(Stem stem) {
    return new ResNet(RESNET34, List.of(3, 4, 6, 3), false, stem);
  }

  static ResNet resnet50(Stem stem) {
    return new ResNet(RESNET50, List.of(3, 4, 6, 3), true, stem);
  }

  @Override
  public Network network(Network.Builder builder, int outputs) throws ArchitectureException {
    int channels = builder.channels();
    builder.add(
        "conv1",
        stem == Stem.IMAGENET ? convolution(channels, 64, 7, 2) : convolution(channels, 64, 3, 1));
    builder.add("bn1", new BatchNorm2d(64)).add("relu", new Relu());
    if (stem == Stem.IMAGENET) {
      builder.add("maxpool", new MaxPool2d(3, 2, 1));
    }
    for (int stage = 0; stage < blocks.size(); stage++) {
      int width = 64 << stage;
      for (int i = 0; i < blocks.get(stage); i++) {
        int stride = stage > 0 && i == 0 ? 2 : 1;
        String name = "layer%d.%d".formatted(stage + 1, i);
        builder.add(name, block(builder.channels(), width, stride));
      }
    }
    return builder
        .add("avgpool", new AdaptiveAvgPool2d(1))
        .add("flatten", new Flatten())
        .addLinear("fc", outputs)
        .build();
  }

  private Residual block(int inputs, int width, int stride) {
    int outputs = bottleneck ? 4 * width : width;
    Sequence branch = bottleneck ? narrow(inputs, width, stride) : basic(inputs, width, stride);
    Sequence shortcut =
        stride == 1 && inputs == outputs
            ? Sequence.of()
            : Sequence.of(
                new Part("downsample.0", convolution(inputs, outputs, 1, stride)),
                new Part("downsample.1", new BatchNorm2d(outputs)));
    return new Residual(branch, shortcut);
  }

  private static Sequence basic(int inputs, int width, int stride) {
    return Sequence.of(
        new Part("conv1", convolution(inputs, width, 3, stride)),
        new Part("bn1", new BatchNorm2d(width)),
        new Part("relu", new Relu()),
        new Part("conv2", convolution(width, width, 3, 1)),
        new Part("bn2", new BatchNorm2d(width)));
  }

  private static Sequence narrow(int inputs, int width, int stride) {
    return Sequence.of(
        new Part("conv1", convolution(inputs, width, 1, 1)),
        new Part("bn1", new BatchNorm2d(width)),
        new Part("relu1", new Relu()),
        new Part("conv2", convolution(width, width, 3, stride)),
        new Part("bn2", new BatchNorm2d(width)),
        new Part("relu2", new Relu()),
        new Part("conv3", convolution(width, 4 * width, 1, 1)),
        new Part("bn3", new BatchNorm2d(4 * width)));
  }

  private static Conv2d convolution(int inputs, int outputs, int kernel, int stride) {
    return new Conv2d(
        inputs, outputs, kernel, stride, kernel / 2, false, Conv2d.Start.KAIMING_FAN_OUT);
  }
}
