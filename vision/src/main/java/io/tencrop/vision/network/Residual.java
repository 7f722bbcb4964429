package io.tencrop.vision.network;

import java.util.List;
import java.util.stream.Stream;

/**
 * {@code relu(branch(x) + shortcut(x))} (He et al. 2016).
 *
 * @param shortcut empty: the identity
 */
record Residual(Sequence branch, Sequence shortcut) implements Layer {
  @Override
  public ActivationShape output(ActivationShape input) throws ArchitectureException {
    ActivationShape left = branch.output(input);
    ActivationShape right = shortcut.output(input);
    if (!left.equals(right)) {
      throw new ArchitectureException(
          "the branch gives %s, the shortcut %s".formatted(left, right));
    }
    return left;
  }

  @Override
  public List<Parameter> parameters() {
    return Stream.concat(branch.parameters(), shortcut.parameters()).toList();
  }

  @Override
  public List<Buffer> buffers() {
    return Stream.concat(branch.buffers(), shortcut.buffers()).toList();
  }

  @Override
  public String script(String input, Scope scope) {
    String left = branch.script(input, scope);
    String right = shortcut.script(input, scope);
    return "torch.relu_(torch.add(%s, %s))".formatted(left, right);
  }

  @Override
  public Trace.Tensor trace(Trace.Tensor input, ActivationShape output, Trace trace) {
    Trace.Tensor sum = trace.sum(trace.through(branch, input), trace.through(shortcut, input));
    return trace.operation(sum, output, Cost.IN_PLACE.keepingOutput());
  }
}
