package io.tencrop.vision.network;

import java.util.List;
import java.util.stream.Stream;

/** Layers one after another within a block; none: the identity. */
record Sequence(List<Part> parts) {
  Sequence {
    parts = List.copyOf(parts);
  }

  static Sequence of(Part... parts) {
    return new Sequence(List.of(parts));
  }

  ActivationShape output(ActivationShape input) throws ArchitectureException {
    ActivationShape current = input;
    for (Part part : parts) {
      current = part.layer().output(current);
    }
    return current;
  }

  Stream<Parameter> parameters() {
    return parts.stream()
        .flatMap(
            part ->
                part.layer().parameters().stream().map(parameter -> parameter.within(part.name())));
  }

  Stream<Buffer> buffers() {
    return parts.stream()
        .flatMap(part -> part.layer().buffers().stream().map(buffer -> buffer.within(part.name())));
  }

  /** Writes a statement per layer and answers the name of the last one's output. */
  String script(String input, Scope scope) {
    String current = input;
    for (Part part : parts) {
      current = scope.assign(part.layer().script(current, scope.within(part.name())));
    }
    return current;
  }
}
