package io.tencrop.vision.network;

import java.util.List;
import java.util.Optional;

/**
 * Layers as statements of a program that only answers: batch norms are within the weights of the
 * convolutions before them, ReLU and the sum of a residual block are computed with the convolution,
 * and 3x3 and 5x5 convolutions of many channels are by {@link Winograd}.
 */
public final class FusedLayers {
  private final boolean winograd;

  private FusedLayers(boolean winograd) {
    this.winograd = winograd;
  }

  /**
   * Writes statements.
   *
   * @param input the expression of what goes in
   * @param scope of the network
   * @param winograd whether that pays on the device
   * @return the expression of what comes out
   */
  public static String script(
      List<Network.NamedLayer> layers, String input, Scope scope, boolean winograd) {
    List<Part> parts = layers.stream().map(named -> new Part(named.name(), named.layer())).toList();
    return new FusedLayers(winograd).chain(parts, input, List.of(), scope);
  }

  /** The methods that the statements call. */
  public static String methods(String self) {
    return """
          def foldedWeight(%1$s, w: Tensor, gamma: Tensor, variance: Tensor) -> Tensor:
            s = torch.div(torch.to(gamma, 7), torch.sqrt(torch.add(torch.to(variance, 7), %2$s)))
            return torch.to(torch.mul(torch.to(w, 7), torch.reshape(s, [-1, 1, 1, 1])), 6)
          def foldedBias(%1$s, b: Tensor, gamma: Tensor, beta: Tensor, mean: Tensor, variance: Tensor) -> Tensor:
            s = torch.div(torch.to(gamma, 7), torch.sqrt(torch.add(torch.to(variance, 7), %2$s)))
            return torch.to(torch.add(torch.mul(torch.sub(torch.to(b, 7), torch.to(mean, 7)), s), torch.to(beta, 7)), 6)
        """
            .formatted(self, BatchNorm2d.EPSILON)
        + WinogradScript.methods(self);
  }

  /**
   * One layer after another.
   *
   * @param sum what a residual block adds to the output, before ReLU; empty: it is no such block
   */
  private String chain(List<Part> parts, String input, List<String> sum, Scope scope) {
    String current = input;
    boolean added = false;
    int next = 0;
    while (next < parts.size()) {
      Part part = parts.get(next++);
      Scope within = scope.within(part.name());
      if (part.layer() instanceof Conv2d convolution) {
        Fold fold = new Fold(convolution, within);
        if (next < parts.size() && parts.get(next).layer() instanceof BatchNorm2d) {
          fold = fold.with(scope.within(parts.get(next++).name()));
        }
        boolean relu = next < parts.size() && parts.get(next).layer() instanceof Relu;
        next += relu ? 1 : 0;
        added = next == parts.size() && !sum.isEmpty() && !relu;
        current =
            scope.assign(convolution(fold, current, added ? sum : List.of(), relu || added, scope));
      } else if (part.layer() instanceof Residual residual) {
        String shortcut = chain(residual.shortcut().parts(), current, List.of(), within);
        current = chain(residual.branch().parts(), current, List.of(shortcut), within);
      } else {
        current = scope.assign(part.layer().script(current, within));
      }
    }
    return sum.isEmpty() || added
        ? current
        : scope.assign("torch.relu_(torch.add(%s, %s))".formatted(current, sum.get(0)));
  }

  private String convolution(
      Fold fold, String input, List<String> plus, boolean relu, Scope scope) {
    Conv2d convolution = fold.convolution();
    String weight = scope.prepared("(self).arranged(%s, )".formatted(fold.weight()));
    String bias = fold.bias().isEmpty() ? "None" : scope.prepared(fold.bias());
    Optional<Winograd> filtering = winograd ? Winograd.of(convolution) : Optional.empty();
    if (filtering.isPresent()) {
      int kernel = filtering.get().kernel();
      String zero = "torch.zeros([%d], dtype=6)".formatted(convolution.outputs());
      return "(self).winograd%d(%s, %s, %s, %s, %s, %s, [%s], %s, %d, )"
          .formatted(
              kernel,
              input,
              weight,
              fold.bias().isEmpty() ? scope.prepared(zero) : bias,
              scope.prepared("(self).winogradWeights%d(%s, )".formatted(kernel, fold.weight())),
              scope.prepared("(self).winogradInput%d()".formatted(kernel)),
              scope.prepared("(self).winogradOutput%d()".formatted(kernel)),
              String.join("", plus),
              relu ? "True" : "False",
              convolution.padding());
    }
    String output =
        "torch.conv2d(%1$s, %2$s, %3$s, [%4$d, %4$d], [%5$d, %5$d])"
            .formatted(input, weight, bias, convolution.stride(), convolution.padding());
    output = plus.isEmpty() ? output : "torch.add_(%s, %s)".formatted(output, plus.get(0));
    return relu ? "torch.relu_(%s)".formatted(output) : output;
  }

  /**
   * The expressions of a convolution's tensors, with a batch norm in them.
   *
   * @param bias empty: none
   */
  private record Fold(Conv2d convolution, String weight, String bias) {
    Fold(Conv2d convolution, Scope scope) {
      this(
          convolution,
          scope.parameter("weight"),
          convolution.bias() ? scope.parameter("bias") : "");
    }

    Fold with(Scope norm) {
      String gamma = norm.parameter("weight");
      String variance = norm.buffer("running_var");
      return new Fold(
          convolution,
          "(self).foldedWeight(%s, %s, %s, )".formatted(weight, gamma, variance),
          "(self).foldedBias(%s, %s, %s, %s, %s, )"
              .formatted(
                  bias.isEmpty() ? "torch.zeros_like(%s)".formatted(gamma) : bias,
                  gamma,
                  norm.parameter("bias"),
                  norm.buffer("running_mean"),
                  variance));
    }
  }
}
