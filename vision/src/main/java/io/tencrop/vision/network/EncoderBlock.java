package io.tencrop.vision.network;

import java.util.List;
import java.util.stream.Stream;

/**
 * A block of a pre-norm transformer encoder over tokens {@code [T, D]}: {@code a = x +
 * attention(x)}, then {@code a + mlp(a)}, each branch with its own layer norm in front (Dosovitskiy
 * et al. 2021, equations 2 and 3). Names as in torchvision's {@code EncoderBlock}.
 */
record EncoderBlock(Sequence attention, Sequence mlp) implements Layer {
  /**
   * A block.
   *
   * @param hidden units of the MLP's hidden layer
   * @param dropout after attention and after both layers of the MLP
   */
  static EncoderBlock of(int width, int heads, int hidden, double dropout) {
    return new EncoderBlock(
        Sequence.of(
            new Part("ln_1", new LayerNorm(width)),
            new Part("self_attention", new SelfAttention(width, heads)),
            new Part("dropout", new Dropout(dropout))),
        Sequence.of(
            new Part("ln_2", new LayerNorm(width)),
            new Part("mlp.0", new Linear(width, hidden, Linear.Start.XAVIER)),
            new Part("mlp.1", new Gelu()),
            new Part("mlp.2", new Dropout(dropout)),
            new Part("mlp.3", new Linear(hidden, width, Linear.Start.XAVIER)),
            new Part("mlp.4", new Dropout(dropout))));
  }

  @Override
  public ActivationShape output(ActivationShape input) throws ArchitectureException {
    return mlp.output(attention.output(input));
  }

  @Override
  public List<Parameter> parameters() {
    return Stream.concat(attention.parameters(), mlp.parameters()).toList();
  }

  @Override
  public List<Buffer> buffers() {
    return Stream.concat(attention.buffers(), mlp.buffers()).toList();
  }

  @Override
  public String script(String input, Scope scope) {
    String attended =
        scope.assign("torch.add(%s, %s)".formatted(attention.script(input, scope), input));
    return "torch.add(%s, %s)".formatted(attended, mlp.script(attended, scope));
  }

  @Override
  public Trace.Tensor trace(Trace.Tensor input, ActivationShape output, Trace trace) {
    Trace.Tensor attended = trace.sum(input, trace.through(attention, input));
    return trace.sum(attended, trace.through(mlp, attended));
  }
}
