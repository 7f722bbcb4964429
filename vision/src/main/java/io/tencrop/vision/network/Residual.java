package io.tencrop.vision.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * {@code relu(branch(x) + shortcut(x))} (He et al. 2016).
 *
 * @param shortcut empty: the identity
 */
record Residual(List<Part> branch, List<Part> shortcut) implements Layer {
  Residual {
    branch = List.copyOf(branch);
    shortcut = List.copyOf(shortcut);
  }

  /** A layer within the block. */
  record Part(String name, Layer layer) {}

  @Override
  public ActivationShape output(ActivationShape input) throws ArchitectureException {
    ActivationShape left = follow(branch, input);
    ActivationShape right = follow(shortcut, input);
    if (!left.equals(right)) {
      throw new ArchitectureException(
          "the branch gives %s, the shortcut %s".formatted(left, right));
    }
    return left;
  }

  private static ActivationShape follow(List<Part> parts, ActivationShape input)
      throws ArchitectureException {
    ActivationShape current = input;
    for (Part part : parts) {
      current = part.layer().output(current);
    }
    return current;
  }

  @Override
  public List<Parameter> parameters() {
    return collect(
        part ->
            part.layer().parameters().stream()
                .map(parameter -> parameter.within(part.name()))
                .toList());
  }

  @Override
  public List<Buffer> buffers() {
    return collect(
        part -> part.layer().buffers().stream().map(buffer -> buffer.within(part.name())).toList());
  }

  private <T> List<T> collect(Function<Part, List<T>> of) {
    List<T> all = new ArrayList<>();
    branch.forEach(part -> all.addAll(of.apply(part)));
    shortcut.forEach(part -> all.addAll(of.apply(part)));
    return all;
  }

  @Override
  public String script(String input, Scope scope) {
    String left = write(branch, input, scope);
    String right = write(shortcut, input, scope);
    return "torch.relu_(torch.add(%s, %s))".formatted(left, right);
  }

  private static String write(List<Part> parts, String input, Scope scope) {
    String current = input;
    for (Part part : parts) {
      current = scope.assign(part.layer().script(current, scope.within(part.name())));
    }
    return current;
  }
}
