package io.tencrop.gateway.spec;

import io.tencrop.contracts.api.Problem.Violation;
import io.tencrop.contracts.spec.LossSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must hold between the parts of how a run group is trained. */
final class TrainingRules {
  private static final int DEFAULT_EPOCHS = 10;

  private final List<Violation> violations = new ArrayList<>();

  private TrainingRules() {}

  /**
   * All that is wrong.
   *
   * @param freezing the group's network, where that is clear
   */
  static List<Violation> check(Place group, Optional<Freezing> freezing) {
    TrainingRules rules = new TrainingRules();
    rules.nesterov(group.at("optimizer"));
    rules.labelSmoothing(group.at("loss"));
    rules.warmup(group.at("schedule").at("warmupEpochs"), group.at("epochs"));
    freezing.ifPresent(network -> rules.freeze(group.at("freeze"), network));
    return rules.violations;
  }

  private void nesterov(Place optimizer) {
    if (!optimizer.at("nesterov").isTrue()) {
      return;
    }
    boolean momentum = optimizer.at("momentum").number().filter(value -> value > 0).isPresent();
    boolean dampened = optimizer.at("dampening").number().filter(value -> value > 0).isPresent();
    if (!momentum || dampened) {
      add(optimizer.at("nesterov"), "needs a momentum greater than 0 and no dampening");
    }
  }

  private void labelSmoothing(Place loss) {
    Place smoothing = loss.at("labelSmoothing");
    if (smoothing.isPresent()
        && loss.at("type").text().equals(Optional.of(LossSpec.Type.BINARY_CROSS_ENTROPY.label()))) {
      add(smoothing, "is for crossEntropy only; leave it out");
    }
  }

  /** How many a group's runs have, where that is clear. */
  static Optional<Integer> epochs(Place group) {
    return orDefault(group.at("epochs"));
  }

  private static Optional<Integer> orDefault(Place epochs) {
    return epochs.isPresent() ? epochs.integer() : Optional.of(DEFAULT_EPOCHS);
  }

  private void warmup(Place warmup, Place epochs) {
    Optional<Integer> all = orDefault(epochs);
    if (all.isEmpty()) {
      return;
    }
    warmup
        .number()
        .filter(value -> value >= all.get())
        .ifPresent(
            value ->
                add(
                    warmup,
                    "is %s; must be less than epochs, which is %d%s"
                        .formatted(
                            warmup.node().asText(),
                            all.get(),
                            epochs.isPresent() ? "" : " (the default)")));
  }

  private void freeze(Place freeze, Freezing network) {
    List<String> patterns = new ArrayList<>();
    boolean clear = true;
    for (Place item : freeze.items()) {
      Optional<String> pattern = item.text();
      Optional<String> objection = pattern.flatMap(network::objectionTo);
      objection.ifPresent(wrong -> add(item, wrong));
      pattern.ifPresent(patterns::add);
      clear &= pattern.isPresent() && objection.isEmpty();
    }
    if (clear) {
      network.objectionToAll(patterns).ifPresent(wrong -> add(freeze, wrong));
    }
  }

  private void add(Place place, String detail) {
    violations.add(new Violation(place.pointer(), detail));
  }
}
