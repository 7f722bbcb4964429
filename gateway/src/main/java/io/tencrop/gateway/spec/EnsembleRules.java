package io.tencrop.gateway.spec;

import io.tencrop.contracts.api.Problem.Violation;
import io.tencrop.contracts.spec.EnsembleSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What must hold of ensembles: members that exist, weights that fit, a size for a selection. */
final class EnsembleRules {
  private static final int SHOWN = 20;
  private static final Set<String> WITH_WEIGHTS = Set.of("weighted", "fitted");

  private final Members members;
  private final List<Violation> violations = new ArrayList<>();

  private EnsembleRules(Members members) {
    this.members = members;
  }

  static List<Violation> check(Place experiment) {
    EnsembleRules rules = new EnsembleRules(Members.of(experiment));
    EnsembleCheckpointRules checkpoints = new EnsembleCheckpointRules(experiment);
    Set<String> names = new HashSet<>();
    for (Place ensemble : experiment.at("evaluation").at("ensembles").items()) {
      ensemble
          .at("name")
          .text()
          .filter(name -> !names.add(name))
          .ifPresent(
              name ->
                  rules.add(
                      ensemble.at("name"),
                      "'%s' is the name of another ensemble too; choose another".formatted(name)));
      Optional<List<String>> runs = rules.runs(ensemble.at("members"));
      rules.weights(ensemble, runs);
      rules.selection(ensemble);
      checkpoints.check(ensemble, runs);
    }
    rules.violations.addAll(checkpoints.violations());
    return rules.violations;
  }

  /** The runs that take part; empty when that cannot be told. */
  private Optional<List<String>> runs(Place place) {
    if (!place.isPresent()) {
      return Optional.of(members.runs());
    }
    List<Place> names = place.node().isTextual() ? List.of(place) : place.items();
    List<String> runs = new ArrayList<>();
    boolean clear = true;
    for (Place name : names) {
      Optional<List<String>> found = name.text().flatMap(text -> resolve(text, names.size()));
      if (found.isEmpty()) {
        name.text().ifPresent(text -> unknown(name, text));
        clear = false;
      } else if (found.get().stream().anyMatch(runs::contains)) {
        add(name, "names a run that another member names too; each takes part once");
        clear = false;
      } else {
        runs.addAll(found.get());
      }
    }
    return clear ? Optional.of(runs) : Optional.empty();
  }

  private Optional<List<String>> resolve(String name, int of) {
    return name.equals(EnsembleSpec.ALL) && of == 1
        ? Optional.of(members.runs())
        : members.resolve(name);
  }

  private void unknown(Place place, String name) {
    if (name.equals(EnsembleSpec.ALL)) {
      add(place, "'all' stands for every run, so it is the only member");
      return;
    }
    List<String> known = new ArrayList<>(members.groups().keySet());
    known.addAll(members.runs());
    String hint = Spelling.hint(name, known);
    add(
        place,
        "there is no run or group '%s'%s Known: all, %s%s"
            .formatted(
                name,
                hint.isEmpty() ? "." : hint,
                String.join(", ", known.subList(0, Math.min(SHOWN, known.size()))),
                known.size() > SHOWN ? ", ..." : ""));
  }

  private void weights(Place ensemble, Optional<List<String>> runs) {
    Place weights = ensemble.at("weights");
    boolean weighted = ensemble.at("fusion").text().equals(Optional.of("weighted"));
    if (!weights.isPresent()) {
      if (weighted) {
        add(
            weights,
            "is missing; the fusion weighted needs "
                + runs.map(all -> needed(entries(ensemble), all.size())).orElse("weights"));
      }
      return;
    }
    if (!weighted) {
      add(weights, "is only for the fusion weighted; leave it out, or set fusion: weighted");
    }
    if (ensemble.at("select").isPresent()) {
      add(weights, "is not for a selection, whose picks weigh the same; leave out one of the two");
    }
    int count = weights.node().size();
    int entries = entries(ensemble);
    if (weights.node().isArray() && runs.isPresent() && count != entries) {
      int all = runs.get().size();
      if (EnsembleCheckpointRules.takesEpochs(ensemble)) {
        add(
            weights,
            "has %d weights; must have one per entry of members, since an entry's holds for all its epochs"
                .formatted(count));
      } else if (entries > 1 || count != all) {
        add(weights, "has %d weights; must have %s".formatted(count, needed(entries, all)));
      }
    }
    if (count > 0
        && weights.items().stream()
            .allMatch(weight -> weight.number().filter(value -> value == 0).isPresent())) {
      add(weights, "are all 0; one must be greater");
    }
  }

  /** How many entries the members have; a name alone is one, and so is the default. */
  private static int entries(Place ensemble) {
    Place members = ensemble.at("members");
    return members.isPresent() && members.node().isArray() ? members.node().size() : 1;
  }

  /** An entry's weight holds for each of its runs; a lone entry may have one for each run. */
  private static String needed(int entries, int runs) {
    return entries > 1
        ? "one per entry of members, of which there are " + entries
        : "one, or one per run, of which there are " + runs;
  }

  private void selection(Place ensemble) {
    Place select = ensemble.at("select");
    Place size = ensemble.at("size");
    if (select.isPresent() && !size.isPresent()) {
      add(size, "is missing; greedy needs how many to pick");
    }
    if (!select.isPresent() && size.isPresent()) {
      add(size, "is only for a selection; leave it out, or set select: greedy");
    }
    if (!select.isPresent() && ensemble.at("greedy").isPresent()) {
      add(ensemble.at("greedy"), "is only for a selection; leave it out, or set select: greedy");
    }
    beginning(ensemble.at("greedy").at("sortedInitialization"), size);
    Optional<String> fusion = ensemble.at("fusion").text();
    if (select.isPresent() && fusion.filter(WITH_WEIGHTS::contains).isPresent()) {
      add(
          ensemble.at("fusion"),
          "a selection fuses by mean, meanOfLogits or vote; a pick made twice weighs twice");
    }
  }

  private void beginning(Place initialization, Place size) {
    Optional<Integer> picks = size.integer();
    initialization
        .integer()
        .filter(best -> picks.isPresent() && best > picks.get())
        .ifPresent(
            best ->
                add(
                    initialization,
                    "is %d; must be at most size, which is %d".formatted(best, picks.get())));
  }

  private void add(Place place, String detail) {
    violations.add(new Violation(place.pointer(), detail));
  }
}
