package io.tencrop.vision.script;

import io.tencrop.vision.network.Buffer;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.network.Network.NamedLayer;
import io.tencrop.vision.network.Parameter;
import io.tencrop.vision.network.Scope;
import io.tencrop.vision.recipe.Precision;
import io.tencrop.vision.script.TensorScope.Statements;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The layers of a network as statements. */
final class LayerScript {
  private final Map<String, String> tensors = new HashMap<>();
  private final Statements statements = new Statements();
  private final String training;
  private final @Nullable String momentum;
  private final Precision precision;

  private LayerScript(String training, @Nullable String momentum, Precision precision) {
    this.training = training;
    this.momentum = momentum;
    this.precision = precision;
  }

  /**
   * Statements that lead from {@code h}, the input in that precision, to {@code h}, the logits in
   * float32. Parameters are {@code p[i]}, buffers {@code b[i]}, and {@code training} is a variable.
   */
  static String of(Network network, Precision precision) {
    return ofLists(network, new LayerScript("training", null, precision));
  }

  /**
   * The same in training, where batch norms take the variable {@code momentum} instead of their
   * own.
   */
  static String ofStatistics(Network network, Precision precision) {
    return ofLists(network, new LayerScript("True", "momentum", precision));
  }

  private static String ofLists(Network network, LayerScript script) {
    Map<String, String> tensors = script.tensors;
    network
        .parameters()
        .forEach(parameter -> tensors.put(parameter.name(), "p[" + tensors.size() + "]"));
    int parameters = tensors.size();
    network
        .buffers()
        .forEach(buffer -> tensors.put(buffer.name(), "b[" + (tensors.size() - parameters) + "]"));
    return script.write(network);
  }

  /** The same with the tensors and {@code training} as attributes, see {@link ModuleTree}. */
  static String ofModules(Network network, Precision precision) {
    LayerScript script = new LayerScript("self.training", null, precision);
    Stream.concat(
            network.parameters().stream().map(Parameter::name),
            network.buffers().stream().map(Buffer::name))
        .forEach(name -> script.tensors.put(name, ModuleTree.expression(name)));
    return script.write(network);
  }

  private String write(Network network) {
    for (NamedLayer layer : network.layers()) {
      String expression = layer.layer().script("h", new LayerScope(layer.name()));
      statements.assign("h", expression);
    }
    if (precision != Precision.FLOAT32) {
      statements.assign("h", "torch.to(h, 6)");
    }
    return statements.take();
  }

  private final class LayerScope extends TensorScope {
    LayerScope(String layer) {
      super(layer, tensors, statements);
    }

    @Override
    Scope of(String layer) {
      return new LayerScope(layer);
    }

    @Override
    public String operand(String name) {
      return Program.cast(super.operand(name), precision);
    }

    @Override
    public String training() {
      return training;
    }

    @Override
    public String momentum(double trained) {
      return momentum == null ? super.momentum(trained) : momentum;
    }
  }
}
