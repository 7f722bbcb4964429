package io.tencrop.vision.network;

/**
 * One hidden layer with ReLU.
 *
 * @param hidden units
 */
record Shallow(int hidden) implements Architecture {
  static final String NAME = "shallow";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Network network(Network.Builder builder, int outputs) throws ArchitectureException {
    return builder
        .add("flatten", new Flatten())
        .addLinear("fc1", hidden)
        .add("relu1", new Relu())
        .addLinear("fc2", outputs)
        .build();
  }
}
