package io.tencrop.vision.network;

import java.util.ArrayList;
import java.util.List;

/** Follows an image through a network and accounts for what each layer does with it. */
final class Trace {
  /** Of a float32. */
  static final long BYTES = 4;

  private final List<Entry> entries;
  private final Entry entry;

  private Trace(List<Entry> entries, Entry entry) {
    this.entries = entries;
    this.entry = entry;
  }

  /** The entries of a network, the input's first; those of a layer's parts come after its own. */
  static List<Entry> of(Network network) {
    List<Entry> entries = new ArrayList<>();
    Entry input = new Entry(0, "input", "Input", network.input(), 0);
    entries.add(input);
    Tensor current = new Trace(entries, input).allocate(network.input(), false);
    for (Network.NamedLayer named : network.layers()) {
      current = follow(entries, 0, named.name(), named.layer(), current);
    }
    return entries;
  }

  private static Tensor follow(
      List<Entry> entries, int depth, String name, Layer layer, Tensor input) {
    ActivationShape output;
    try {
      output = layer.output(input.shape);
    } catch (ArchitectureException e) {
      throw new IllegalStateException("'%s' does not fit its network".formatted(name), e);
    }
    Entry entry =
        new Entry(depth, name, layer.getClass().getSimpleName(), output, parameters(layer));
    entries.add(entry);
    return layer.trace(input, output, new Trace(entries, entry));
  }

  private static long parameters(Layer layer) {
    return layer.parameters().stream().mapToLong(Parameter::elements).sum();
  }

  /** What a layer of these parts does with an activation. */
  Tensor through(Sequence sequence, Tensor input) {
    Tensor current = input;
    for (Part part : sequence.parts()) {
      entry.parameters -= parameters(part.layer());
      current = follow(entries, entry.depth + 1, part.name(), part.layer(), current);
    }
    return current;
  }

  /** An operation of the layer. */
  Tensor operation(Tensor input, ActivationShape output, Cost cost) {
    boolean trained = cost.weightGradient() > 0 || entry.parameters > 0;
    entry.forward += cost.forward();
    entry.backward += cost.weightGradient() + (input.differentiated ? cost.inputGradient() : 0);
    entry.kept += cost.kept();
    entry.keptPerBatch += cost.keptPerBatch();
    if (cost.keepsInput()) {
      input.storage.keep();
    }
    boolean differentiated = input.differentiated || trained;
    Tensor result =
        cost.inPlace()
            ? new Tensor(output, input.storage, differentiated)
            : allocate(output, differentiated);
    if (cost.keepsOutput()) {
      result.storage.keep();
    }
    return result;
  }

  /** The sum of two activations, in memory of its own; its gradient needs neither. */
  Tensor sum(Tensor left, Tensor right) {
    return allocate(left.shape, left.differentiated || right.differentiated);
  }

  private Tensor allocate(ActivationShape shape, boolean differentiated) {
    return new Tensor(shape, new Storage(entry, BYTES * shape.elements()), differentiated);
  }

  /** A layer's account, for one image. */
  static final class Entry {
    final int depth;
    final String name;
    final String type;
    final ActivationShape output;

    /** How many, without those of its parts. */
    long parameters;

    long forward;
    long backward;

    /** Bytes of the tensors that it makes. */
    long made;

    /** Bytes of those, and beside those, that stay until the backward pass. */
    long kept;

    /** The same, however many images there are. */
    long keptPerBatch;

    Entry(int depth, String name, String type, ActivationShape output, long parameters) {
      this.depth = depth;
      this.name = name;
      this.type = type;
      this.output = output;
      this.parameters = parameters;
    }
  }

  /**
   * An activation.
   *
   * @param differentiated whether it depends on a parameter
   */
  record Tensor(ActivationShape shape, Storage storage, boolean differentiated) {}

  /** The memory that an activation and its views lie in. */
  static final class Storage {
    private final Entry maker;
    private final long bytes;
    private boolean kept;

    private Storage(Entry maker, long bytes) {
      this.maker = maker;
      this.bytes = bytes;
      maker.made += bytes;
    }

    private void keep() {
      if (!kept) {
        kept = true;
        maker.kept += bytes;
      }
    }
  }
}
