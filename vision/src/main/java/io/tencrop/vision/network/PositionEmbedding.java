package io.tencrop.vision.network;

import io.tencrop.vision.network.Initializer.Normal;
import java.util.List;

/** Adds a trained vector to each of the tokens {@code [count, width]}. */
record PositionEmbedding(int count, int width) implements Layer {
  @Override
  public ActivationShape output(ActivationShape input) throws ArchitectureException {
    if (!input.equals(ActivationShape.tokens(count, width))) {
      throw new ArchitectureException(
          "an embedding of %d positions of width %d cannot take %s".formatted(count, width, input));
    }
    return input;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        new Parameter("pos_embedding", List.of(1L, (long) count, (long) width), new Normal(0.02)));
  }

  @Override
  public String script(String input, Scope scope) {
    return "torch.add(%s, %s)".formatted(input, scope.operand("pos_embedding"));
  }

  @Override
  public Trace.Tensor trace(Trace.Tensor input, ActivationShape output, Trace trace) {
    return trace.operation(input, output, Cost.NONE);
  }
}
