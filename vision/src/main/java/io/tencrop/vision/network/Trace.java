package io.tencrop.vision.network;

import java.util.ArrayList;
import java.util.List;

/** Follows an image through a network and accounts for what each layer does with it. */
final class Trace {
  /** Of a float32. */
  static final long BYTES = 4;

  private final List<Entry> entries;
  private final Entry entry;
  private final Lifetimes lifetimes;

  private Trace(List<Entry> entries, Entry entry, Lifetimes lifetimes) {
    this.entries = entries;
    this.entry = entry;
    this.lifetimes = lifetimes;
  }

  /** The entries of a network, the input's first; those of a layer's parts come after its own. */
  static List<Entry> of(Network network) {
    return follow(network).entries;
  }

  /**
   * The most bytes that the activations of one image take at a time in a forward pass without
   * gradients, when each lives from the operation that makes it to the last one that reads it.
   */
  static long liveBytes(Network network) {
    return follow(network).lifetimes.most();
  }

  private static Trace follow(Network network) {
    Entry input = new Entry(0, "input", "Input", network.input(), 0);
    Trace trace = new Trace(new ArrayList<>(List.of(input)), input, new Lifetimes());
    Tensor current = trace.allocate(network.input(), false);
    for (Network.NamedLayer named : network.layers()) {
      current = trace.follow(0, named.name(), named.layer(), current);
    }
    return trace;
  }

  private Tensor follow(int depth, String name, Layer layer, Tensor input) {
    ActivationShape output;
    try {
      output = layer.output(input.shape);
    } catch (ArchitectureException e) {
      throw new IllegalStateException("'%s' does not fit its network".formatted(name), e);
    }
    Entry own = new Entry(depth, name, layer.getClass().getSimpleName(), output, parameters(layer));
    entries.add(own);
    return layer.trace(input, output, new Trace(entries, own, lifetimes));
  }

  private static long parameters(Layer layer) {
    return layer.parameters().stream().mapToLong(Parameter::elements).sum();
  }

  /** What a layer of these parts does with an activation. */
  Tensor through(Sequence sequence, Tensor input) {
    Tensor current = input;
    for (Part part : sequence.parts()) {
      entry.parameters -= parameters(part.layer());
      current = follow(entry.depth + 1, part.name(), part.layer(), current);
    }
    return current;
  }

  /** An operation of the layer. */
  Tensor operation(Tensor input, ActivationShape output, Cost cost) {
    lifetimes.read(input.storage.life);
    lifetimes.make(cost.kept());
    return account(
        input, output, cost, cost.inPlace() ? input.storage.life : lifetimes.make(bytes(output)));
  }

  /** An operation that only training has; otherwise its input goes through as it is. */
  Tensor operationOfTraining(Tensor input, ActivationShape output, Cost cost) {
    return account(input, output, cost, input.storage.life);
  }

  private Tensor account(Tensor input, ActivationShape output, Cost cost, Lifetimes.Life life) {
    boolean trained = cost.weightGradient() > 0 || entry.parameters > 0;
    entry.forward += cost.forward();
    entry.backward += cost.weightGradient() + (input.differentiated ? cost.inputGradient() : 0);
    entry.kept += cost.kept();
    entry.keptPerBatch += cost.keptPerBatch();
    if (cost.keepsInput()) {
      input.storage.keep();
    }
    boolean differentiated = input.differentiated || trained;
    Storage storage = cost.inPlace() ? input.storage : new Storage(entry, bytes(output), life);
    if (cost.keepsOutput()) {
      storage.keep();
    }
    return new Tensor(output, storage, differentiated);
  }

  /** The sum of two activations, in memory of its own; its gradient needs neither. */
  Tensor sum(Tensor left, Tensor right) {
    lifetimes.read(left.storage.life, right.storage.life);
    return allocate(left.shape, left.differentiated || right.differentiated);
  }

  private Tensor allocate(ActivationShape shape, boolean differentiated) {
    Storage storage = new Storage(entry, bytes(shape), lifetimes.make(bytes(shape)));
    return new Tensor(shape, storage, differentiated);
  }

  private static long bytes(ActivationShape shape) {
    return BYTES * shape.elements();
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
    private final Lifetimes.Life life;
    private boolean kept;

    private Storage(Entry maker, long bytes, Lifetimes.Life life) {
      this.maker = maker;
      this.bytes = bytes;
      this.life = life;
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
