package io.tencrop.vision.network;

import io.tencrop.vision.network.Initializer.Constant;
import java.util.List;

/**
 * An image {@code [width, H, W]} as tokens {@code [1 + H * W, width]}, row by row, behind a trained
 * one (Dosovitskiy et al. 2021). Its parameter is called as the layer is.
 */
record ClassToken(int width) implements Layer {
  @Override
  public ActivationShape output(ActivationShape input) throws ArchitectureException {
    if (!input.isImage() || input.sizes().get(0) != width) {
      throw new ArchitectureException(
          "tokens of width %d cannot be made of %s".formatted(width, input));
    }
    return ActivationShape.tokens(1 + input.elements() / width, width);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(new Parameter("", List.of(1L, 1L, (long) width), Constant.ZERO));
  }

  @Override
  public String script(String input, Scope scope) {
    String tokens = scope.assign("torch.permute(torch.flatten(%s, 2), [0, 2, 1])".formatted(input));
    return "torch.cat([torch.expand(%s, [torch.size(%s, 0), -1, -1]), %s], 1)"
        .formatted(scope.operand(""), tokens, tokens);
  }

  @Override
  public Trace.Tensor trace(Trace.Tensor input, ActivationShape output, Trace trace) {
    return trace.operation(input, output, Cost.NONE);
  }
}
