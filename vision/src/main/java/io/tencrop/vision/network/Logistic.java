package io.tencrop.vision.network;

/** Logistic regression: one linear layer over the pixels. */
record Logistic() implements Architecture {
  static final String NAME = "logistic";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Network network(Network.Builder builder, int outputs) throws ArchitectureException {
    return builder.add("flatten", new Flatten()).addLinear("fc", outputs).build();
  }
}
