package io.tencrop.evaluator.report;

import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Model;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import io.tencrop.contracts.event.EvaluationRequest.EvaluateCheckpoint;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.evaluator.bank.CheckpointEvaluation;
import io.tencrop.evaluator.bank.Retention;
import io.tencrop.evaluator.cost.EntryCosts;
import io.tencrop.evaluator.diagnosis.MostWrong;
import io.tencrop.evaluator.diagnosis.RunDiagnoses;
import io.tencrop.evaluator.ensemble.Entry;
import io.tencrop.evaluator.ensemble.LogitsMissingException;
import io.tencrop.evaluator.results.Results;
import io.tencrop.evaluator.teacher.DistilledGains;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Has an experiment's report composed with all that belongs to it, keeps it, and lets go of the
 * logits that the plan does not keep.
 */
public final class Reports {
  private static final Logger LOG = Logger.getLogger(Reports.class);

  private final CheckpointEvaluation evaluation;
  private final ReportComposer composer;
  private final DistilledGains gains;
  private final EntryCosts costs;
  private final RunDiagnoses diagnoses;
  private final MostWrong mostWrong;
  private final Retention retention;
  private final Results results;

  Reports(
      CheckpointEvaluation evaluation,
      ReportComposer composer,
      DistilledGains gains,
      EntryCosts costs,
      RunDiagnoses diagnoses,
      MostWrong mostWrong,
      Retention retention,
      Results results) {
    this.evaluation = evaluation;
    this.composer = composer;
    this.gains = gains;
    this.costs = costs;
    this.diagnoses = diagnoses;
    this.mostWrong = mostWrong;
    this.retention = retention;
    this.results = results;
  }

  /**
   * Composes and keeps the report.
   *
   * @throws io.tencrop.messaging.PermanentFailureException when the bank lacks what it needs
   * @throws InterruptedException when this replica stops; nothing is lost but time
   */
  public void compose(ComposeReport request) throws IOException, InterruptedException {
    List<Model> models = results.models(request.experimentId());
    List<Entry> entries = new ArrayList<>();
    ExperimentResults composed;
    try {
      composed = composer.compose(request, models, entries::add);
    } catch (LogitsMissingException e) {
      LOG.infof(
          "Networks answer again for what another experiment did not keep: %s", e.getMessage());
      restore(request);
      entries.clear();
      composed = composer.compose(request, models, entries::add);
    }
    ExperimentResults report =
        diagnoses.added(
            request,
            gains
                .added(composed, request.members())
                .withCosts(costs.of(request, composed, entries)));
    results.saveReport(request, report);
    mostWrong.keep(request);
    retention.apply(request, models);
    LOG.infof(
        "Composed the report of experiment %s: %d models, %d ensembles",
        request.experimentId(), report.models().size(), report.ensembles().size());
  }

  private void restore(ComposeReport request) throws IOException, InterruptedException {
    for (Member member : request.members()) {
      Set<CheckpointRef> checkpoints = new LinkedHashSet<>(member.epochs());
      checkpoints.add(member.checkpoint());
      CheckpointRef swa = member.swa();
      if (swa != null) {
        checkpoints.add(swa);
      }
      for (CheckpointRef checkpoint : checkpoints) {
        evaluation.evaluate(
            new EvaluateCheckpoint(
                request.experimentId(),
                member.runId(),
                member.run(),
                request.dataset(),
                checkpoint,
                request.plan().views()));
      }
    }
  }
}
