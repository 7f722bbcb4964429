package io.tencrop.vision.script;

import io.tencrop.vision.network.Buffer;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.network.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network's tensors as TorchScript modules within modules, so that {@code state_dict()} has the
 * names that the network gives them: {@code features.0.weight} is the attribute {@code weight} of
 * the module {@code 0} of the module {@code features}.
 */
final class ModuleTree {
  /** The class of the outermost module. */
  static final String ROOT = "__torch__.Model";

  private final String type;
  private final Map<String, ModuleTree> children = new LinkedHashMap<>();
  private final List<Leaf> parameters = new ArrayList<>();
  private final List<Leaf> buffers = new ArrayList<>();

  /**
   * A tensor.
   *
   * @param attribute of its module
   * @param name in the network
   */
  record Leaf(String attribute, String name, List<Long> shape) {}

  private ModuleTree(String type) {
    this.type = type;
  }

  static ModuleTree of(Network network) {
    ModuleTree root = new ModuleTree(ROOT);
    for (Parameter parameter : network.parameters()) {
      root.module(parameter.name())
          .parameters
          .add(new Leaf(attribute(parameter.name()), parameter.name(), parameter.shape()));
    }
    for (Buffer buffer : network.buffers()) {
      root.module(buffer.name())
          .buffers
          .add(new Leaf(attribute(buffer.name()), buffer.name(), List.of((long) buffer.size())));
    }
    return root;
  }

  /** The module that has the tensor. */
  private ModuleTree module(String tensor) {
    ModuleTree module = this;
    int from = 0;
    for (int dot = tensor.indexOf('.'); dot >= 0; dot = tensor.indexOf('.', from)) {
      String child = tensor.substring(from, dot);
      String childType = module.type + "_" + child;
      module = module.children.computeIfAbsent(child, name -> new ModuleTree(childType));
      from = dot + 1;
    }
    return module;
  }

  private static String attribute(String tensor) {
    return tensor.substring(tensor.lastIndexOf('.') + 1);
  }

  /** The expression of a tensor, from the outermost module {@code self}. */
  static String expression(String tensor) {
    String expression = "self";
    for (String name : tensor.split("\\.")) {
      expression =
          isNumber(name)
              ? "getattr(%s, \"%s\")".formatted(expression, name)
              : expression + "." + name;
    }
    return expression;
  }

  private static boolean isNumber(String name) {
    return Character.isDigit(name.charAt(0));
  }

  /**
   * The classes of all modules, the outermost last.
   *
   * @param attributes of the outermost module, each with its type
   * @param methods of the outermost module
   */
  String classes(Map<String, String> attributes, String methods) {
    StringBuilder code = new StringBuilder();
    children.values().forEach(child -> code.append(child.classes(Map.of(), "")));
    code.append("class ").append(type.substring(type.indexOf('.') + 1)).append("(Module):\n");
    code.append("  __parameters__ = ").append(names(parameters)).append('\n');
    code.append("  __buffers__ = ").append(names(buffers)).append('\n');
    leaves().forEach(leaf -> code.append("  " + leaf.attribute() + " : Tensor\n"));
    code.append("  training : bool\n");
    attributes.forEach((name, kind) -> code.append("  " + name + " : " + kind + "\n"));
    children.forEach(
        (name, child) ->
            code.append(
                isNumber(name)
                    ? "  __annotations__[\"%s\"] = %s\n".formatted(name, child.type)
                    : "  %s : %s\n".formatted(name, child.type)));
    return code.append(methods).toString();
  }

  private static String names(List<Leaf> leaves) {
    StringBuilder names = new StringBuilder("[");
    leaves.forEach(leaf -> names.append('"').append(leaf.attribute()).append("\", "));
    return names.append(']').toString();
  }

  private List<Leaf> leaves() {
    List<Leaf> leaves = new ArrayList<>(parameters);
    leaves.addAll(buffers);
    return leaves;
  }

  /** Every tensor, in the order in which {@link #write} names their storages. */
  List<Leaf> allLeaves() {
    List<Leaf> leaves = leaves();
    children.values().forEach(child -> leaves.addAll(child.allLeaves()));
    return leaves;
  }

  /** Writes values of attributes; each a name and a value. */
  @FunctionalInterface
  interface Attributes {
    void write(PickleWriter pickle);
  }

  /** The pickle of the modules, whose tensors' storages are called 0, 1, 2, ... */
  byte[] pickle(Attributes attributes) {
    PickleWriter pickle = new PickleWriter();
    write(pickle, attributes, 0);
    return pickle.finish();
  }

  private int write(PickleWriter pickle, Attributes attributes, int storages) {
    int next = storages;
    int dot = type.lastIndexOf('.');
    pickle.global(type.substring(0, dot), type.substring(dot + 1)).newObject().dict().mark();
    for (Leaf leaf : leaves()) {
      pickle.text(leaf.attribute());
      tensor(pickle, leaf.shape(), next++);
    }
    pickle.text("training").truth(false);
    attributes.write(pickle);
    for (Map.Entry<String, ModuleTree> child : children.entrySet()) {
      pickle.text(child.getKey());
      next = child.getValue().write(pickle, none -> {}, next);
    }
    pickle.items().build();
    return next;
  }

  /** A row-major tensor that is the whole of a storage, without gradient. */
  private static void tensor(PickleWriter pickle, List<Long> shape, int storage) {
    List<Long> strides = new ArrayList<>();
    long elements = 1;
    for (int i = shape.size() - 1; i >= 0; i--) {
      strides.add(0, elements);
      elements *= shape.get(i);
    }
    pickle.global("torch._utils", "_rebuild_tensor_v2").mark();
    pickle
        .mark()
        .text("storage")
        .global("torch", "FloatStorage")
        .text(Integer.toString(storage))
        .text("cpu")
        .whole(Math.toIntExact(elements))
        .tuple()
        .persistent();
    pickle.whole(0).wholes(shape).wholes(strides).truth(false);
    pickle.global("collections", "OrderedDict").mark().tuple().call().tuple().call();
  }
}
