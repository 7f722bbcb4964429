package io.tencrop.evaluator.prediction;

import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Ensemble;
import io.tencrop.contracts.api.ExperimentResults.Model;
import io.tencrop.contracts.spec.EnsembleSpec.Fusion;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.evaluator.prediction.PredictionException.Reason;
import io.tencrop.evaluator.prediction.PredictionQuery.OfCheckpoint;
import io.tencrop.evaluator.prediction.PredictionQuery.OfEnsemble;
import io.tencrop.evaluator.results.Results;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which networks answer, in which view, and how their answers become one: for an ensemble as the
 * report has it.
 *
 * @param experimentId absent when a checkpoint answers alone
 * @param ensemble absent likewise
 * @param fusion absent likewise
 * @param members each once
 * @param picks places in {@code members}; a member that was picked twice is there twice
 * @param weights one per pick; absent: they count the same
 */
record PredictionPlan(
    @Nullable UUID experimentId,
    @Nullable String ensemble,
    @Nullable Fusion fusion,
    ViewSpec view,
    List<Member> members,
    int[] picks,
    @Nullable List<Double> weights) {

  /**
   * A model that answers.
   *
   * @param name in the report; absent for a checkpoint that answers alone
   */
  record Member(@Nullable String name, String checkpointId) {}

  /**
   * Finds out.
   *
   * @throws PredictionException when there is no such ensemble, or none yet
   * @throws IOException when the database is away
   */
  static PredictionPlan of(PredictionQuery query, Results results)
      throws IOException, PredictionException {
    if (query.asked() instanceof OfCheckpoint checkpoint) {
      ViewSpec view = query.view() == null ? ViewSpec.CENTER : query.view();
      List<Member> alone = List.of(new Member(null, checkpoint.id()));
      return new PredictionPlan(null, null, null, view, alone, new int[] {0}, null);
    } else if (query.asked() instanceof OfEnsemble asked) {
      return of(asked, query.view(), results);
    }
    throw new AssertionError(query.asked());
  }

  private static PredictionPlan of(OfEnsemble asked, @Nullable ViewSpec view, Results results)
      throws IOException, PredictionException {
    ExperimentResults report =
        results
            .find(asked.experiment())
            .orElseThrow(
                () ->
                    new PredictionException(
                        Reason.UNKNOWN,
                        "Nothing has been evaluated for the experiment %s, or there is no such experiment."
                            .formatted(asked.experiment())));
    if (!report.complete()) {
      throw new PredictionException(
          Reason.UNABLE,
          "The experiment %s has no report yet: its ensembles are composed when all runs have ended. Its checkpoints can predict alone."
              .formatted(asked.experiment()));
    }
    Ensemble ensemble = ensemble(asked, view, report);
    Map<String, Integer> places = new LinkedHashMap<>();
    List<Member> members = new ArrayList<>();
    for (String name : ensemble.members()) {
      if (places.putIfAbsent(name, members.size()) == null) {
        members.add(new Member(name, checkpoint(name, report)));
      }
    }
    return new PredictionPlan(
        asked.experiment(),
        ensemble.name(),
        ensemble.fusion(),
        ensemble.view(),
        members,
        ensemble.members().stream().mapToInt(name -> places.getOrDefault(name, 0)).toArray(),
        ensemble.weights());
  }

  private static Ensemble ensemble(
      OfEnsemble asked, @Nullable ViewSpec view, ExperimentResults report)
      throws PredictionException {
    List<Ensemble> named =
        report.ensembles().stream().filter(one -> one.name().equals(asked.name())).toList();
    if (named.isEmpty()) {
      throw new PredictionException(
          Reason.UNKNOWN,
          "The report of the experiment %s has no ensemble '%s'; it has: %s."
              .formatted(
                  asked.experiment(),
                  asked.name(),
                  report.ensembles().stream()
                      .map(Ensemble::name)
                      .distinct()
                      .collect(Collectors.joining(", "))));
    }
    ViewSpec wanted = view == null ? ViewSpec.CENTER : view;
    for (Ensemble one : named) {
      if (one.view().equals(wanted)) {
        return one;
      }
    }
    if (view == null) {
      return named.get(0);
    }
    throw new PredictionException(
        Reason.INVALID,
        "The ensemble '%s' was not composed in the view %s, so its members there are not known; it was in: %s."
            .formatted(
                asked.name(),
                view.label(),
                named.stream()
                    .map(one -> one.view().label())
                    .distinct()
                    .collect(Collectors.joining(", "))));
  }

  /** In reports of before, all checkpoints of a run are called after it, and one stands for it. */
  private static String checkpoint(String name, ExperimentResults report)
      throws PredictionException {
    String found = null;
    for (Model model : report.models()) {
      if (model.isCalled(name)) {
        if (model.representative()) {
          return model.checkpoint().id();
        }
        found = model.checkpoint().id();
      }
    }
    if (found == null) {
      throw new PredictionException(
          Reason.UNABLE,
          "The report names the member '%s', but has no results of it, so its checkpoint is not known."
              .formatted(name));
    }
    return found;
  }

  /** The members' shares in the answer, which sum to 1. */
  double[] shares() {
    double[] shares = new double[members.size()];
    double total = 0;
    for (int i = 0; i < picks.length; i++) {
      double weight = weights == null ? 1 : weights.get(i);
      shares[picks[i]] += weight;
      total += weight;
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= total;
    }
    return shares;
  }
}
