package io.tencrop.evaluator.ensemble;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Ensemble;
import io.tencrop.contracts.spec.EnsembleSpec;
import io.tencrop.contracts.spec.EnsembleSpec.Fusion;
import io.tencrop.contracts.spec.GreedySpec;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.evaluator.results.ResultMeasures;
import io.tencrop.vision.evaluation.Diversity;
import io.tencrop.vision.evaluation.FittedWeights;
import io.tencrop.vision.evaluation.GreedySelection;
import io.tencrop.vision.evaluation.Members;
import io.tencrop.vision.evaluation.Predictions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Composes ensembles of the plan in one view. */
public final class EnsembleComposer {

  private final List<Candidate> candidates;
  private final ViewSpec view;
  private final Map<SplitName, Members> answers;
  private final Consumer<Entry> tested;
  private final Consumer<String> notes;

  /**
   * @param answers of {@code candidates}, by split
   * @param tested given what each ensemble answered on test
   * @param notes told what cannot be composed, and why
   */
  public EnsembleComposer(
      List<Candidate> candidates,
      ViewSpec view,
      Map<SplitName, Members> answers,
      Consumer<Entry> tested,
      Consumer<String> notes) {
    this.candidates = candidates;
    this.tested = tested;
    this.view = view;
    this.answers = answers;
    this.notes = notes;
  }

  /** The ensemble over each split; none when the plan cannot be followed, which is noted. */
  public List<Ensemble> compose(EnsembleSpec spec) {
    String name = EnsembleMembers.name(spec);
    try {
      EnsembleMembers members = EnsembleMembers.of(spec, candidates);
      if (members.picks().isEmpty()) {
        notes.accept(
            "Ensemble '%s' is left out: no run of %s %s."
                .formatted(name, spec.members(), lacking(spec)));
        return List.of();
      }
      if (!members.missing().isEmpty()) {
        notes.accept(
            "Ensemble '%s' is without %s: no such run %s."
                .formatted(name, String.join(", ", members.missing()), lacking(spec)));
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
    List<Double> weights =
        switch (spec.fusion()) {
          case WEIGHTED -> weights(spec, members);
          case FITTED -> fitted(picks);
          case MEAN, MEAN_OF_LOGITS, VOTE -> null;
        };
    List<Ensemble> ensembles = new ArrayList<>();
    Predictions validation = null;
    for (Map.Entry<SplitName, Members> split : answers.entrySet()) {
      Predictions fused = fuse(split.getValue(), picks, weights, spec.fusion());
      ensembles.add(
          new Ensemble(
              name,
              IntStream.of(picks).mapToObj(pick -> candidates.get(pick).name()).toList(),
              weights,
              spec.fusion(),
              spec.select() != null,
              split.getKey(),
              view,
              ResultMeasures.of(fused),
              diversity(split.getValue(), picks)));
      if (split.getKey() == SplitName.VALIDATION) {
        validation = fused;
      } else if (split.getKey() == SplitName.TEST) {
        tested.accept(new Entry(name, true, view, fused, validated(ensembles), validation));
      }
    }
    return ensembles;
  }

  /** What a run that can be a member has done. */
  private static String lacking(EnsembleSpec spec) {
    return switch (spec.checkpoints()) {
      case CHOSEN -> "completed";
      case EPOCHS -> "has epochs with results";
      case SWA -> "has an average";
    };
  }

  private static @Nullable Double validated(List<Ensemble> ensembles) {
    return ensembles.stream()
        .filter(ensemble -> ensemble.split() == SplitName.VALIDATION)
        .map(ensemble -> ensemble.measures().accuracy())
        .findFirst()
        .orElse(null);
  }

  private static ExperimentResults.@Nullable Diversity diversity(Members members, int[] picks) {
    List<Predictions> distinct = IntStream.of(picks).distinct().mapToObj(members::member).toList();
    if (distinct.size() < 2) {
      return null;
    }
    Diversity diversity = Diversity.of(Members.of(distinct));
    return new ExperimentResults.Diversity(diversity.disagreement(), diversity.doubleFault());
  }

  private List<Double> fitted(int[] picks) {
    Members validation = answers.get(SplitName.VALIDATION);
    if (validation == null) {
      throw new IllegalArgumentException(
          "weights are fitted on validation images, and there are none");
    }
    Members among = Members.of(IntStream.of(picks).mapToObj(validation::member).toList());
    return DoubleStream.of(FittedWeights.fit(among)).boxed().toList();
  }

  /** With no size, as many picks as there are candidates. */
  private static int[] select(Members validation, int[] candidates, EnsembleSpec spec) {
    Members among = Members.of(IntStream.of(candidates).mapToObj(validation::member).toList());
    int size = spec.size() == null ? candidates.length : spec.size();
    GreedySpec greedy = spec.greedy() == null ? GreedySpec.PLAIN : spec.greedy();
    GreedySelection selection =
        new GreedySelection(
            size,
            greedy.sortedInitialization(),
            greedy.bags(),
            greedy.bagFraction(),
            greedy.seed());
    return IntStream.of(selection.select(among)).map(i -> candidates[i]).toArray();
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

  /** The answer of the picked members together. */
  public static Predictions fuse(
      Members members, int[] picks, @Nullable List<Double> weights, Fusion fusion) {
    return switch (fusion) {
      case MEAN -> members.mean(picks);
      case MEAN_OF_LOGITS -> members.meanOfLogits(picks);
      case VOTE -> members.vote(picks);
      case WEIGHTED, FITTED ->
          members.weightedMean(
              picks,
              weights == null
                  ? new double[0]
                  : weights.stream().mapToDouble(Double::doubleValue).toArray());
    };
  }
}
