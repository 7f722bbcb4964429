package io.tencrop.vision.network;

/** Of tokens {@code [T, D]} the first, {@code [D]}. */
record FirstToken() implements Layer {
  @Override
  public ActivationShape output(ActivationShape input) throws ArchitectureException {
    if (!input.isTokens()) {
      throw new ArchitectureException("there are no tokens in " + input);
    }
    return ActivationShape.features(input.last());
  }

  @Override
  public String script(String input, Scope scope) {
    return "torch.select(" + input + ", 1, 0)";
  }

  @Override
  public Trace.Tensor trace(Trace.Tensor input, ActivationShape output, Trace trace) {
    return trace.operation(input, output, Cost.IN_PLACE);
  }
}
