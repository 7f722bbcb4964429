package io.tencrop.vision.script;

import io.tencrop.vision.network.Scope;
import java.util.Map;

/** The scope of a layer whose tensors are found by their names in the network. */
abstract class TensorScope implements Scope {
  private final String layer;
  private final Map<String, String> tensors;
  private final Statements statements;

  /**
   * @param layer its name; empty: the network
   * @param tensors expressions by name
   */
  TensorScope(String layer, Map<String, String> tensors, Statements statements) {
    this.layer = layer;
    this.tensors = tensors;
    this.statements = statements;
  }

  /** The same of another layer. */
  abstract Scope of(String layer);

  @Override
  public String parameter(String name) {
    return tensor(name);
  }

  @Override
  public String operand(String name) {
    return tensor(name);
  }

  @Override
  public String buffer(String name) {
    return tensor(name);
  }

  private String tensor(String name) {
    String expression = tensors.get(name.isEmpty() ? layer : layer + "." + name);
    if (expression == null) {
      throw new IllegalStateException("layer '%s' has no '%s'".formatted(layer, name));
    }
    return expression;
  }

  @Override
  public String momentum(double trained) {
    return Program.real(trained);
  }

  @Override
  public String assign(String expression) {
    return statements.assign(expression);
  }

  @Override
  public Scope within(String child) {
    return of(layer.isEmpty() ? child : layer + "." + child);
  }

  /** Statements of a method's body, with names for what they compute. */
  static final class Statements {
    private final StringBuilder text = new StringBuilder();
    private int names;

    String assign(String expression) {
      String name = "v" + names++;
      assign(name, expression);
      return name;
    }

    void assign(String name, String expression) {
      text.append("    ").append(name).append(" = ").append(expression).append('\n');
    }

    /** What was written since the last time; names go on. */
    String take() {
      String taken = text.toString();
      text.setLength(0);
      return taken;
    }
  }
}
