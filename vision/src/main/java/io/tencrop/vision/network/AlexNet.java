package io.tencrop.vision.network;

/** AlexNet as in torchvision: the single-tower variant of Krizhevsky, arXiv:1404.5997. */
record AlexNet(double dropout) implements Architecture {
  static final String NAME = "alexnet";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Network network(Network.Builder builder, int outputs) throws ArchitectureException {
    return builder
        .add("features.0", Conv2d.of(builder.channels(), 64, 11, 4, 2))
        .add("features.1", new Relu())
        .add("features.2", new MaxPool2d(3, 2, 0))
        .add("features.3", Conv2d.of(64, 192, 5, 1, 2))
        .add("features.4", new Relu())
        .add("features.5", new MaxPool2d(3, 2, 0))
        .add("features.6", Conv2d.of(192, 384, 3, 1, 1))
        .add("features.7", new Relu())
        .add("features.8", Conv2d.of(384, 256, 3, 1, 1))
        .add("features.9", new Relu())
        .add("features.10", Conv2d.of(256, 256, 3, 1, 1))
        .add("features.11", new Relu())
        .add("features.12", new MaxPool2d(3, 2, 0))
        .add("avgpool", new AdaptiveAvgPool2d(6))
        .add("flatten", new Flatten())
        .add("classifier.0", new Dropout(dropout))
        .addLinear("classifier.1", 4096)
        .add("classifier.2", new Relu())
        .add("classifier.3", new Dropout(dropout))
        .addLinear("classifier.4", 4096)
        .add("classifier.5", new Relu())
        .addLinear("classifier.6", outputs)
        .build();
  }
}
