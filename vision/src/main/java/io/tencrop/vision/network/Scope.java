package io.tencrop.vision.network;

/** What a layer finds where its TorchScript is written. */
public interface Scope {
  /** The expression of one of the layer's parameters, float32. */
  String parameter(String name);

  /** The same in the precision that the network computes in. */
  String operand(String name);

  /** The expression of one of the layer's buffers. */
  String buffer(String name);

  /** The expression that says whether the network is being trained. */
  String training();

  /**
   * The expression of a batch norm's momentum, the share of the batch in its running statistics.
   *
   * @param trained what it is in training
   */
  String momentum(double trained);

  /** Writes a statement that gives {@code expression} a name, and answers the name. */
  String assign(String expression);

  /**
   * What stands for an expression of parameters and buffers, which a program that only answers
   * computes once.
   */
  default String prepared(String expression) {
    return expression;
  }

  /** The scope of a layer within this one. */
  Scope within(String child);
}
