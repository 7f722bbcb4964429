package io.tencrop.gateway.spec;

import io.tencrop.contracts.api.Problem.Violation;
import io.tencrop.contracts.spec.ArchitectureSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What must hold of the weights that runs start from: they exist, and are the network's own. */
final class InitialWeightsRules {
  private final Networks networks;
  private final KnownWeights known;
  private final Map<String, Optional<Map<String, List<Long>>>> found = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  InitialWeightsRules(Networks networks, KnownWeights known) {
    this.networks = networks;
    this.known = known;
  }

  /**
   * A network's input.
   *
   * @param architecture without objection, as the input is
   */
  record Input(ArchitectureSpec architecture, int channels, int side) {}

  /**
   * Looks at {@code initialWeights}.
   *
   * @param input of the group's network, where the spec alone tells
   * @throws UncheckedIOException when the weights cannot be looked up now
   */
  void check(Place place, Optional<Input> input) {
    Optional<String> id = place.text().filter(text -> text.matches("[0-9a-f]{64}"));
    if (id.isEmpty()) {
      return;
    }
    Optional<Map<String, List<Long>>> shapes = found.computeIfAbsent(id.get(), this::shapes);
    if (shapes.isEmpty()) {
      add(
          place,
          "there is no checkpoint '%s'. GET /api/v1/runs/{id}/checkpoints lists those of a run; POST /api/v1/checkpoints takes weights from elsewhere"
              .formatted(id.get()));
      return;
    }
    input
        .flatMap(
            fit ->
                networks.objectionToWeights(
                    fit.architecture(), fit.channels(), fit.side(), fit.side(), shapes.get()))
        .ifPresent(
            objection ->
                add(
                    place,
                    "the weights of checkpoint '%s' do not fit: %s"
                        .formatted(id.get(), objection)));
  }

  List<Violation> violations() {
    return violations;
  }

  private Optional<Map<String, List<Long>>> shapes(String id) {
    try {
      return known.shapes(id);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private void add(Place place, String detail) {
    violations.add(new Violation(place.pointer(), detail));
  }
}
