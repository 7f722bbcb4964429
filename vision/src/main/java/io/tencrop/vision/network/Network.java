package io.tencrop.vision.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A network for one input shape and one number of outputs.
 *
 * @param layers in order, each one's output the next one's input
 * @param parameters all of them, in the order of the layers
 * @param buffers all of them, in the order of the layers
 */
public record Network(
    ActivationShape input,
    int outputs,
    List<NamedLayer> layers,
    List<Parameter> parameters,
    List<Buffer> buffers) {

  /**
   * A layer in its place.
   *
   * @param name what its parameters are called after
   * @param output the shape that comes out of it
   */
  public record NamedLayer(String name, Layer layer, ActivationShape output) {}

  public Network {
    layers = List.copyOf(layers);
    parameters = List.copyOf(parameters);
    buffers = List.copyOf(buffers);
  }

  /** How many values are trained. */
  public long parameterCount() {
    return parameters.stream().mapToLong(Parameter::elements).sum();
  }

  /**
   * The parameters of the last linear layer: what depends on the number of outputs, and is replaced
   * when trained weights go on with other classes. The rest is the body.
   */
  public List<Parameter> headParameters() {
    String head =
        layers.stream()
            .filter(layer -> layer.layer() instanceof Linear)
            .reduce((earlier, later) -> later)
            .orElseThrow(() -> new IllegalStateException("the network has no linear layer"))
            .name();
    return parameters.stream()
        .filter(parameter -> parameter.name().startsWith(head + "."))
        .toList();
  }

  /** Puts layers one after another, following the shape. */
  static final class Builder {
    private final ActivationShape input;
    private final List<NamedLayer> layers = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Buffer> buffers = new ArrayList<>();
    private ActivationShape current;

    Builder(ActivationShape input) throws ArchitectureException {
      checkSize("the input", input.sizes());
      this.input = input;
      this.current = input;
    }

    /** What the next layer gets. */
    ActivationShape current() {
      return current;
    }

    /** How many channels the next layer gets. */
    int channels() {
      return current.sizes().get(0);
    }

    /** How many tokens the next layer gets. */
    int tokens() {
      return current.sizes().get(0);
    }

    Builder add(String name, Layer layer) throws ArchitectureException {
      try {
        current = layer.output(current);
      } catch (ArchitectureException e) {
        throw new ArchitectureException(
            "an input of %s is too small or of the wrong kind: at '%s', %s"
                .formatted(input, name, e.getMessage()));
      }
      checkSize("the output of '%s'".formatted(name), current.sizes());
      layers.add(new NamedLayer(name, layer, current));
      for (Parameter parameter : layer.parameters()) {
        parameters.add(parameter.within(name));
        checkSize("the parameter '%s'".formatted(parameter.within(name).name()), parameter.shape());
      }
      layer.buffers().forEach(buffer -> buffers.add(buffer.within(name)));
      return this;
    }

    /** A tensor is at most as large as an array. */
    private static void checkSize(String what, List<? extends Number> shape)
        throws ArchitectureException {
      double elements = shape.stream().mapToDouble(Number::doubleValue).reduce(1, (a, b) -> a * b);
      if (elements > Integer.MAX_VALUE) {
        throw new ArchitectureException(
            "%s would be %s: %.3g values, and at most %.3g are possible"
                .formatted(
                    what,
                    shape.stream().map(String::valueOf).collect(Collectors.joining("x")),
                    elements,
                    (double) Integer.MAX_VALUE));
      }
    }

    /** A linear layer over all that comes in. */
    Builder addLinear(String name, int outputs) throws ArchitectureException {
      return addLinear(name, outputs, Linear.Start.DEFAULT);
    }

    /** A linear layer over all that comes in. */
    Builder addLinear(String name, int outputs, Linear.Start start) throws ArchitectureException {
      return add(name, new Linear(current.elements(), outputs, start));
    }

    Network build() {
      return new Network(input, current.elements(), layers, parameters, buffers);
    }
  }
}
