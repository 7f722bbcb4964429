package io.tencrop.gateway.spec;

import io.tencrop.contracts.api.Problem.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must hold of averages, and of ensembles of other checkpoints than those that stand for runs.
 */
final class EnsembleCheckpointRules {
  private static final String EPOCHS = "epochs";
  private static final String LAST_EPOCHS = "lastEpochs";

  private final Place evaluation;
  private final Map<String, Integer> epochs = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  EnsembleCheckpointRules(Place experiment) {
    this.evaluation = experiment.at("evaluation");
    for (Place group : experiment.at("runs").items()) {
      TrainingRules.epochs(group)
          .ifPresent(
              all ->
                  RunRules.groupName(group)
                      .ifPresent(
                          name ->
                              Members.runs(name, group.at("seeds"))
                                  .forEach(run -> epochs.put(run, all))));
    }
    Place last = evaluation.at("swa").at(LAST_EPOCHS);
    atMost(last, epochs.keySet().stream().sorted().toList());
  }

  /** Whether its members are epochs of runs. */
  static boolean takesEpochs(Place ensemble) {
    return ensemble.at("checkpoints").text().equals(Optional.of(EPOCHS));
  }

  /**
   * Checks an ensemble.
   *
   * @param runs that take part; empty when that cannot be told
   */
  void check(Place ensemble, Optional<List<String>> runs) {
    Place checkpoints = ensemble.at("checkpoints");
    Place last = ensemble.at(LAST_EPOCHS);
    if (!takesEpochs(ensemble) && last.isPresent()) {
      add(last, "is only for checkpoints: epochs; leave it out, or set checkpoints: epochs");
    }
    if (takesEpochs(ensemble)) {
      if (!evaluation.at("checkpoints").text().equals(Optional.of("everyEpoch"))) {
        add(
            checkpoints,
            "needs the results of every epoch; set evaluation.checkpoints to everyEpoch");
      }
      runs.ifPresent(all -> atMost(last, all));
    }
    if (checkpoints.text().equals(Optional.of("swa")) && !evaluation.at("swa").isPresent()) {
      add(checkpoints, "needs averages; set evaluation.swa to {lastEpochs: n}");
    }
  }

  private void atMost(Place last, List<String> runs) {
    Optional<Integer> wanted = last.integer();
    if (wanted.isEmpty()) {
      return;
    }
    runs.stream()
        .filter(run -> epochs.getOrDefault(run, Integer.MAX_VALUE) < wanted.get())
        .findFirst()
        .ifPresent(
            run ->
                add(
                    last,
                    "is %d, but run %s has %d epochs; must be at most that"
                        .formatted(wanted.get(), run, epochs.get(run))));
  }

  List<Violation> violations() {
    return violations;
  }

  private void add(Place place, String detail) {
    violations.add(new Violation(place.pointer(), detail));
  }
}
