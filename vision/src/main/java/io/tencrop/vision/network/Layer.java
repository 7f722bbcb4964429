package io.tencrop.vision.network;

import java.util.List;
import java.util.function.UnaryOperator;

/** One operation of a network. */
public sealed interface Layer permits Conv2d, Linear, Relu, AvgPool2d, Flatten {
  /**
   * The shape that comes out when {@code input} goes in.
   *
   * @throws ArchitectureException when it cannot take that input
   */
  ActivationShape output(ActivationShape input) throws ArchitectureException;

  /** What is trained, named {@code weight}, {@code bias} and so on. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /**
   * The TorchScript expression.
   *
   * @param input the expression of its input, {@code [N, ...]}
   * @param parameter from the name of one of {@link #parameters()} to its expression
   */
  String script(String input, UnaryOperator<String> parameter);
}
