package io.tencrop.vision.network;

/**
 * AlexNet as in "Dive into Deep Learning" (section 8.1): 96-256-384-384-256 maps and no adaptive
 * pooling, so that 224x224 comes to 6400 features.
 */
record AlexNetD2l(double dropout) implements Architecture {
  static final String NAME = "alexnet-d2l";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Network network(Network.Builder builder, int outputs) throws ArchitectureException {
    return builder
        .add("features.0", Conv2d.of(builder.channels(), 96, 11, 4, 1))
        .add("features.1", new Relu())
        .add("features.2", new MaxPool2d(3, 2, 0))
        .add("features.3", Conv2d.of(96, 256, 5, 1, 2))
        .add("features.4", new Relu())
        .add("features.5", new MaxPool2d(3, 2, 0))
        .add("features.6", Conv2d.of(256, 384, 3, 1, 1))
        .add("features.7", new Relu())
        .add("features.8", Conv2d.of(384, 384, 3, 1, 1))
        .add("features.9", new Relu())
        .add("features.10", Conv2d.of(384, 256, 3, 1, 1))
        .add("features.11", new Relu())
        .add("features.12", new MaxPool2d(3, 2, 0))
        .add("flatten", new Flatten())
        .addLinear("classifier.0", 4096)
        .add("classifier.1", new Relu())
        .add("classifier.2", new Dropout(dropout))
        .addLinear("classifier.3", 4096)
        .add("classifier.4", new Relu())
        .add("classifier.5", new Dropout(dropout))
        .addLinear("classifier.6", outputs)
        .build();
  }
}
