package io.tencrop.vision.network;

import io.tencrop.vision.network.Initializer.Constant;
import io.tencrop.vision.network.Initializer.Uniform;
import java.util.List;

/**
 * {@code torch.nn.MultiheadAttention} of tokens {@code [T, width]} with themselves (Vaswani et al.
 * 2017), without dropout of the attention's weights.
 *
 * @param heads a divisor of {@code width}
 */
record SelfAttention(int width, int heads) implements Layer {
  @Override
  public ActivationShape output(ActivationShape input) throws ArchitectureException {
    if (!input.isTokens() || input.sizes().get(1) != width) {
      throw new ArchitectureException(
          "attention over tokens of width %d cannot take %s".formatted(width, input));
    }
    return input;
  }

  @Override
  public List<Parameter> parameters() {
    List<Long> packed = List.of(3L * width, (long) width);
    return List.of(
        new Parameter("in_proj_weight", packed, Uniform.xavier(width, 3 * width)),
        new Parameter("in_proj_bias", List.of(3L * width), Constant.ZERO),
        new Parameter(
            "out_proj.weight", List.of((long) width, (long) width), Uniform.ofFanIn(width)),
        new Parameter("out_proj.bias", List.of((long) width), Constant.ZERO));
  }

  @Override
  public String script(String input, Scope scope) {
    String projected =
        scope.assign(
            "torch.linear(%s, %s, %s)"
                .formatted(input, scope.operand("in_proj_weight"), scope.operand("in_proj_bias")));
    // [N, T, 3 * width] to [3, N, heads, T, width / heads]
    String heads =
        scope.assign(
            "torch.permute(torch.reshape(%s, [torch.size(%s, 0), torch.size(%s, 1), 3, %d, %d]), [2, 0, 3, 1, 4])"
                .formatted(projected, projected, projected, this.heads, width / this.heads));
    String attended =
        scope.assign(
            "torch.scaled_dot_product_attention(torch.select(%s, 0, 0), torch.select(%s, 0, 1), torch.select(%s, 0, 2))"
                .formatted(heads, heads, heads));
    return "torch.linear(torch.flatten(torch.transpose(%s, 1, 2), 2), %s, %s)"
        .formatted(attended, scope.operand("out_proj.weight"), scope.operand("out_proj.bias"));
  }

  @Override
  public Trace.Tensor trace(Trace.Tensor input, ActivationShape output, Trace trace) {
    int tokens = output.sizes().get(0);
    Trace.Tensor projected =
        trace.operation(
            input,
            ActivationShape.tokens(tokens, 3 * width),
            Cost.ofWeights(3L * width * output.elements()));
    // Of each head and token the logarithm of softmax's denominator.
    Trace.Tensor attended =
        trace.operation(
            projected,
            output,
            Cost.ofAttention((long) tokens * output.elements())
                .keeping(Trace.BYTES * heads * tokens));
    return trace.operation(attended, output, Cost.ofWeights((long) width * output.elements()));
  }
}
