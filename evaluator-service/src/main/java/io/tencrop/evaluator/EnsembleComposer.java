package io.tencrop.evaluator;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ExperimentResults.Ensemble;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.contracts.spec.EnsembleSpec;
import io.tencrop.contracts.spec.EnsembleSpec.Fusion;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.vision.evaluation.GreedySelection;
import io.tencrop.vision.evaluation.Measures;
import io.tencrop.vision.evaluation.Members;
import io.tencrop.vision.evaluation.Predictions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Composes ensembles of the plan in one view. */
final class EnsembleComposer {
  private final List<Member> runs;
  private final ViewSpec view;
  private final Map<SplitName, Members> answers;
  private final Consumer<String> notes;

  /**
   * @param answers of {@code runs}, by split
   * @param notes told what cannot be composed, and why
   */
  EnsembleComposer(
      List<Member> runs, ViewSpec view, Map<SplitName, Members> answers, Consumer<String> notes) {
    this.runs = runs;
    this.view = view;
    this.answers = answers;
    this.notes = notes;
  }

  /** The ensemble over each split; none when the plan cannot be followed, which is noted. */
  List<Ensemble> compose(EnsembleSpec spec) {
    String name = EnsembleMembers.name(spec);
    try {
      EnsembleMembers members = EnsembleMembers.of(spec, runs);
      if (members.picks().isEmpty()) {
        notes.accept(
            "Ensemble '%s' is left out: no run of %s completed.".formatted(name, spec.members()));
        return List.of();
      }
      if (!members.missing().isEmpty()) {
        notes.accept(
            "Ensemble '%s' is without %s: no such run completed."
                .formatted(name, String.join(", ", members.missing())));
      }
      return compose(name, spec, members);
    } catch (IllegalArgumentException e) {
      notes.accept("Ensemble '%s' is left out: %s.".formatted(name, e.getMessage()));
      return List.of();
    }
  }

  private List<Ensemble> compose(String name, EnsembleSpec spec, EnsembleMembers members) {
    int[] picks = members.picks().stream().mapToInt(Integer::intValue).toArray();
    if (spec.select() != null) {
      Members validation = answers.get(SplitName.VALIDATION);
      if (validation == null) {
        throw new IllegalArgumentException(
            "members are selected on validation images, and there are none");
      }
      picks = select(validation, picks, spec);
    }
    List<Double> weights = spec.fusion() == Fusion.WEIGHTED ? weights(spec, members) : null;
    List<Ensemble> ensembles = new ArrayList<>();
    for (Map.Entry<SplitName, Members> split : answers.entrySet()) {
      Predictions fused = fuse(split.getValue(), picks, weights, spec.fusion());
      ensembles.add(
          new Ensemble(
              name,
              IntStream.of(picks).mapToObj(pick -> runs.get(pick).run().name()).toList(),
              weights,
              spec.fusion(),
              spec.select() != null,
              split.getKey(),
              view,
              ResultMeasures.of(Measures.of(fused))));
    }
    return ensembles;
  }

  /** With no size, as many picks as there are candidates. */
  private static int[] select(Members validation, int[] candidates, EnsembleSpec spec) {
    Members among = Members.of(IntStream.of(candidates).mapToObj(validation::member).toList());
    int size = spec.size() == null ? candidates.length : spec.size();
    return IntStream.of(GreedySelection.select(among, size)).map(i -> candidates[i]).toArray();
  }

  private static List<Double> weights(EnsembleSpec spec, EnsembleMembers members) {
    if (spec.select() != null) {
      throw new IllegalArgumentException("members that are selected cannot have given weights");
    }
    if (members.weights() == null) {
      throw new IllegalArgumentException("its fusion is weighted, but it has no weights");
    }
    return members.weights();
  }

  private static Predictions fuse(
      Members members, int[] picks, @Nullable List<Double> weights, Fusion fusion) {
    return switch (fusion) {
      case MEAN -> members.mean(picks);
      case VOTE -> members.vote(picks);
      case WEIGHTED ->
          members.weightedMean(
              picks,
              weights == null
                  ? new double[0]
                  : weights.stream().mapToDouble(Double::doubleValue).toArray());
    };
  }
}
