package io.tencrop.evaluator;

import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.contracts.spec.EnsembleSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The completed runs that an ensemble of the plan stands for.
 *
 * @param picks indices of members of the report, each once
 * @param weights one per pick; absent unless the plan gives weights
 * @param missing entries of the plan that no completed run answers to
 */
record EnsembleMembers(List<Integer> picks, @Nullable List<Double> weights, List<String> missing) {

  /**
   * Finds them: an entry is {@code all}, a run or a run group. Weights belong to the entries, and
   * each run of an entry has the entry's; or, when the only entry stands for several runs, to these
   * in the order of the spec.
   *
   * @throws IllegalArgumentException when the weights are not as many as the members
   */
  static EnsembleMembers of(EnsembleSpec ensemble, List<Member> runs) {
    List<Double> weights = ensemble.weights();
    Map<Integer, Double> found = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    boolean perEntry = weights != null && weights.size() == ensemble.members().size();
    for (int e = 0; e < ensemble.members().size(); e++) {
      List<Integer> picks = picks(ensemble.members().get(e), runs);
      if (picks.isEmpty()) {
        missing.add(ensemble.members().get(e));
      }
      double weight = perEntry && weights != null ? weights.get(e) : 1;
      picks.forEach(pick -> found.merge(pick, weight, Double::sum));
    }
    List<Integer> picks = List.copyOf(found.keySet());
    if (weights == null) {
      return new EnsembleMembers(picks, null, missing);
    }
    if (perEntry) {
      return new EnsembleMembers(picks, List.copyOf(found.values()), missing);
    }
    if (ensemble.members().size() == 1 && weights.size() == picks.size()) {
      return new EnsembleMembers(picks, weights, missing);
    }
    throw new IllegalArgumentException(
        "it has %d weights for %d members".formatted(weights.size(), picks.size()));
  }

  private static List<Integer> picks(String entry, List<Member> runs) {
    List<Integer> named = new ArrayList<>();
    List<Integer> grouped = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      if (runs.get(i).run().name().equals(entry)) {
        named.add(i);
      }
      if (entry.equals(EnsembleSpec.ALL) || runs.get(i).run().group().equals(entry)) {
        grouped.add(i);
      }
    }
    return named.isEmpty() ? grouped : named;
  }

  /** The plan's name for the ensemble, or one such as {@code greedy 5 of all}. */
  static String name(EnsembleSpec ensemble) {
    if (ensemble.name() != null) {
      return ensemble.name();
    }
    List<String> words = new ArrayList<>();
    if (ensemble.select() != null) {
      words.add(ensemble.select().name().toLowerCase(Locale.ROOT));
      if (ensemble.size() != null) {
        words.add(ensemble.size().toString());
      }
    }
    switch (ensemble.fusion()) {
      case MEAN -> {
        if (ensemble.select() == null) {
          words.add("mean");
        }
      }
      case WEIGHTED -> words.add("weighted mean");
      case FITTED -> words.add("fitted mean");
      case MEAN_OF_LOGITS -> words.add("mean of logits");
      case VOTE -> words.add("vote");
    }
    return String.join(" ", words) + " of " + String.join(", ", ensemble.members());
  }
}
