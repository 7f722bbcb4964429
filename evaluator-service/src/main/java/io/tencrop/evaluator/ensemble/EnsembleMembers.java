package io.tencrop.evaluator.ensemble;

import io.tencrop.contracts.spec.EnsembleSpec;
import io.tencrop.contracts.spec.GreedySpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The candidates that an ensemble of the plan stands for.
 *
 * @param picks indices of candidates, each once
 * @param weights one per pick; absent unless the plan gives weights
 * @param missing entries of the plan that no candidate answers to
 */
record EnsembleMembers(List<Integer> picks, @Nullable List<Double> weights, List<String> missing) {

  /**
   * Finds them: an entry is {@code all}, a run or a run group. Weights belong to the entries, and
   * each candidate of an entry has the entry's; or, when the only entry stands for several, to
   * these in the order of the spec.
   *
   * @throws IllegalArgumentException when the weights are not as many as the members
   */
  static EnsembleMembers of(EnsembleSpec ensemble, List<Candidate> candidates) {
    List<Double> weights = ensemble.weights();
    Map<Integer, Double> found = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    boolean perEntry = weights != null && weights.size() == ensemble.members().size();
    for (int e = 0; e < ensemble.members().size(); e++) {
      List<Integer> picks = picks(ensemble, ensemble.members().get(e), candidates);
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

  private static List<Integer> picks(
      EnsembleSpec ensemble, String entry, List<Candidate> candidates) {
    List<Integer> named = new ArrayList<>();
    List<Integer> grouped = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      if (candidate.isWantedBy(ensemble)) {
        if (candidate.isRun(entry)) {
          named.add(i);
        }
        if (candidate.isOfGroup(entry)) {
          grouped.add(i);
        }
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
      words.addAll(greedy(ensemble.greedy()));
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
    return String.join(" ", words)
        + switch (ensemble.checkpoints()) {
          case CHOSEN -> "";
          case EPOCHS -> " of " + epochs(ensemble.lastEpochs());
          case SWA -> " of swa";
        }
        + " of "
        + String.join(", ", ensemble.members());
  }

  private static String epochs(@Nullable Integer last) {
    if (last == null) {
      return "epochs";
    }
    return last == 1 ? "the last epoch" : "the last %d epochs".formatted(last);
  }

  private static List<String> greedy(@Nullable GreedySpec greedy) {
    List<String> words = new ArrayList<>();
    if (greedy != null && greedy.sortedInitialization() > 0) {
      words.add("from the best " + greedy.sortedInitialization());
    }
    if (greedy != null && greedy.bags() > 0) {
      words.add("in %d bags".formatted(greedy.bags()));
    }
    return words;
  }
}
