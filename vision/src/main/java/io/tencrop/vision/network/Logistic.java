package io.tencrop.vision.network;

/** Logistic regression: one linear layer over the pixels. */
record Logistic() implements Architecture {
  static final String NAME = "logistic";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Network network(ActivationShape input, int outputs) throws ArchitectureException {
    return new Network.Builder(input)
        .add("flatten", new Flatten())
        .addLinear("fc", outputs)
        .build();
  }
}
