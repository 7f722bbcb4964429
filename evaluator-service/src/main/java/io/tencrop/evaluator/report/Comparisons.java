package io.tencrop.evaluator.report;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ComparisonView;
import io.tencrop.contracts.api.ComparisonView.Pair;
import io.tencrop.contracts.api.Cost;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Ranked;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import io.tencrop.evaluator.ensemble.Candidate;
import io.tencrop.evaluator.ensemble.Entry;
import io.tencrop.evaluator.results.ResultMeasures;
import io.tencrop.evaluator.results.Results;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.vision.evaluation.MembersDisagreeException;
import io.tencrop.vision.evaluation.PairedComparison;
import io.tencrop.vision.evaluation.Predictions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Compares experiments with one another: from their reports, and from the logit bank. */
final class Comparisons {
  private final Results results;
  private final ReportComposer composer;

  Comparisons(Results results, ReportComposer composer) {
    this.results = results;
    this.composer = composer;
  }

  /** No report is known of an experiment. */
  static final class NoReportException extends Exception {
    NoReportException(UUID experimentId) {
      super("The experiment %s has no report.".formatted(experimentId));
    }
  }

  /**
   * What is compared of an experiment.
   *
   * @param predictions over the test images; absent where they cannot be had any more
   */
  private record Candidate(
      int experiment, Ranked ranked, @Nullable Cost cost, @Nullable Predictions predictions) {}

  /**
   * The comparison. Of all experiments together as many entries as one report compares; each gives
   * as many, those with the highest accuracy on validation.
   *
   * @param ids two or more
   * @throws NoReportException when one of them has no report
   */
  ComparisonView of(List<UUID> ids) throws IOException, NoReportException {
    List<ComparisonView.Experiment> experiments = new ArrayList<>();
    List<Candidate> candidates = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (UUID id : ids) {
      ExperimentResults report =
          results
              .find(id)
              .filter(ExperimentResults::complete)
              .orElseThrow(() -> new NoReportException(id));
      experiments.add(experiment(report));
      candidates.addAll(
          candidates(experiments.size() - 1, report, Entries.MOST / ids.size(), notes));
    }
    candidates.sort(Comparator.comparing((Candidate candidate) -> -candidate.ranked().accuracy()));
    return new ComparisonView(
        experiments,
        candidates.stream().map(Comparisons::entry).toList(),
        pairs(experiments, candidates, notes),
        notes);
  }

  private static ComparisonView.Experiment experiment(ExperimentResults report) {
    PreparedDataset data = report.dataset();
    return new ComparisonView.Experiment(
        report.experimentId(),
        report.name(),
        report.datasetName(),
        data == null ? null : data.id(),
        data == null ? 0 : data.counts().getOrDefault(SplitName.TEST, 0L));
  }

  private List<Candidate> candidates(
      int experiment, ExperimentResults report, int most, List<String> notes) throws IOException {
    String name = Objects.requireNonNullElse(report.name(), report.experimentId().toString());
    List<Ranked> chosen =
        report.ranking().stream()
            .sorted(
                Comparator.comparing(
                    (Ranked entry) -> -Objects.requireNonNullElse(entry.validationAccuracy(), 0.0)))
            .limit(most)
            .toList();
    if (chosen.size() < report.ranking().size()) {
      notes.add(
          "Of %s the %d entries with the highest accuracy on validation are compared; %d are left out."
              .formatted(name, chosen.size(), report.ranking().size() - chosen.size()));
    }
    if (chosen.isEmpty()) {
      notes.add("%s has nothing to compare: no run was tested.".formatted(name));
    }
    List<Entry> answers = answers(report.experimentId(), name, notes);
    List<Candidate> candidates = new ArrayList<>();
    for (Ranked ranked : chosen) {
      candidates.add(
          new Candidate(
              experiment,
              ranked,
              report.costs().stream()
                  .filter(
                      cost ->
                          cost.name().equals(ranked.name())
                              && cost.ensemble() == ranked.ensemble()
                              && cost.view().equals(ranked.view()))
                  .findFirst()
                  .orElse(null),
              answers.stream()
                  .filter(
                      entry ->
                          entry.name().equals(ranked.name())
                              && entry.ensemble() == ranked.ensemble()
                              && entry.view().equals(ranked.view()))
                  .map(Entry::predictions)
                  .findFirst()
                  .orElse(null)));
    }
    return candidates;
  }

  /** What the entries answered, composed again from the bank. */
  private List<Entry> answers(UUID id, String name, List<String> notes) throws IOException {
    Optional<ComposeReport> request = results.request(id);
    if (request.isEmpty()) {
      notes.add(
          "%s is compared by intervals alone: its report was composed before it was kept what from. Submit it again to have paired tests."
              .formatted(name));
      return List.of();
    }
    try {
      List<Entry> entries = new ArrayList<>();
      composer.compose(request.get(), List.of(), entries::add);
      return entries;
    } catch (PermanentFailureException e) {
      notes.add("%s is compared by intervals alone: %s".formatted(name, e.failure().message()));
      return List.of();
    }
  }

  private static ComparisonView.Entry entry(Candidate candidate) {
    Ranked ranked = candidate.ranked();
    Double validation = ranked.validationAccuracy();
    return new ComparisonView.Entry(
        candidate.experiment(),
        ranked.name(),
        ranked.ensemble(),
        ranked.view(),
        ranked.accuracy(),
        ranked.accuracyInterval(),
        validation,
        validation == null ? null : validation - ranked.accuracy(),
        candidate.cost());
  }

  private static List<Pair> pairs(
      List<ComparisonView.Experiment> experiments, List<Candidate> candidates, List<String> notes) {
    for (int i = 0; i < experiments.size(); i++) {
      for (int j = i + 1; j < experiments.size(); j++) {
        if (!sameImages(experiments.get(i), experiments.get(j))) {
          notes.add(
              "%s and %s were tested on other images (they are of different prepared data sets): look at the intervals, there is no paired test."
                  .formatted(name(experiments.get(i)), name(experiments.get(j))));
        }
      }
    }
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      for (int j = i + 1; j < candidates.size(); j++) {
        Candidate first = candidates.get(i);
        Candidate second = candidates.get(j);
        Predictions one = first.predictions();
        Predictions other = second.predictions();
        if (one == null
            || other == null
            || first.experiment() == second.experiment()
            || !sameImages(
                experiments.get(first.experiment()), experiments.get(second.experiment()))) {
          continue;
        }
        try {
          PairedComparison pair = PairedComparison.of(one, other);
          pairs.add(
              new Pair(
                  i,
                  j,
                  pair.difference(),
                  ResultMeasures.of(pair.interval()),
                  pair.onlyFirst(),
                  pair.onlySecond(),
                  pair.pValue()));
        } catch (MembersDisagreeException e) {
          throw new IllegalStateException("one prepared data set with two test splits", e);
        }
      }
    }
    return pairs;
  }

  private static boolean sameImages(
      ComparisonView.Experiment first, ComparisonView.Experiment second) {
    return first.preparedId() != null && first.preparedId().equals(second.preparedId());
  }

  private static String name(ComparisonView.Experiment experiment) {
    String name = experiment.name();
    return name == null ? experiment.experimentId().toString() : name;
  }
}
