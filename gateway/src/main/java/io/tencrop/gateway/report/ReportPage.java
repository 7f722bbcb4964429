package io.tencrop.gateway.report;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.BudgetView;
import io.tencrop.contracts.api.BudgetView.Limits;
import io.tencrop.contracts.api.BudgetView.Pick;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.RunMetrics;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.gateway.report.Page.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report of an experiment as one page that needs nothing beside itself. */
public final class ReportPage {
  private ReportPage() {}

  /**
   * HTML.
   *
   * @param curves of the runs, in the order of the spec
   */
  public static String html(ExperimentResults results, List<RunMetrics> curves) {
    BudgetView budget = Budgets.of(results, Limits.NONE);
    List<Section> sections = new ArrayList<>();
    sections.add(choice(budget));
    if (!results.ranking().isEmpty()) {
      sections.add(RankingSection.of(results.ranking()));
    }
    if (!budget.entries().isEmpty()) {
      sections.add(BudgetSection.of(budget));
    }
    if (curves.stream().anyMatch(run -> !run.points().isEmpty())) {
      sections.add(CurvesSection.of(curves));
    }
    if (!results.diagnoses().isEmpty()) {
      sections.add(DiagnosisSection.of(results.diagnoses()));
    }
    DetailSection.of(results, budget).ifPresent(sections::add);
    sections.add(ResultsSection.of(results));
    return HtmlPages.write(
        new Page(
            results.name() == null ? "Experiment " + results.experimentId() : results.name(),
            facts(results),
            sections));
  }

  private static Section choice(BudgetView budget) {
    return new Section(
        "What to enter, what to ship",
        Stream.of(budget.enter(), budget.ship())
            .flatMap(Stream::ofNullable)
            .map(Pick::words)
            .toList(),
        List.of(),
        List.of(),
        List.of(),
        budget.notes());
  }

  private static List<String> facts(ExperimentResults results) {
    List<String> facts = new ArrayList<>();
    PreparedDataset data = results.dataset();
    if (data != null) {
      String counts =
          Stream.of(SplitName.TRAIN, SplitName.VALIDATION, SplitName.TEST)
              .map(
                  split -> Words.whole(data.counts().getOrDefault(split, 0L)) + " " + split.label())
              .collect(Collectors.joining(", "));
      facts.add(
          "Data set %s: %s images of %d x %d x %d, %d classes."
              .formatted(
                  results.datasetName(),
                  counts,
                  data.height(),
                  data.width(),
                  data.channels(),
                  data.classes().size()));
    }
    facts.add(
        "Experiment %s. Choices are made on validation; test is for telling how good they are."
            .formatted(results.experimentId()));
    return facts;
  }
}
