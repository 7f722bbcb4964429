package io.tencrop.evaluator;

import io.tencrop.contracts.Failure;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Model;
import io.tencrop.contracts.event.EvaluationEvent.CheckpointEvaluated;
import io.tencrop.contracts.event.EvaluationEvent.EvaluationFailed;
import io.tencrop.contracts.event.EvaluationEvent.ReportComposed;
import io.tencrop.contracts.event.EvaluationEvent.TeacherComposed;
import io.tencrop.contracts.event.EvaluationEvent.TeacherFailed;
import io.tencrop.contracts.event.EvaluationRequest;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import io.tencrop.contracts.event.EvaluationRequest.ComposeTeacher;
import io.tencrop.contracts.event.EvaluationRequest.EvaluateCheckpoint;
import io.tencrop.evaluator.Entries.Entry;
import io.tencrop.messaging.Owner;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.messaging.WorkHandler;
import io.tencrop.storage.ObjectCorruptException;
import io.tencrop.storage.ObjectMissingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Does what is requested, keeps the results and only then tells so. Done again, it finds its own
 * work in the bank and the database and tells once more.
 */
final class EvaluationRequests implements WorkHandler<EvaluationRequest> {
  private static final Logger LOG = Logger.getLogger(EvaluationRequests.class);

  private final CheckpointEvaluation evaluation;
  private final ReportComposer composer;
  private final TeacherComposition teachers;
  private final DistilledGains gains;
  private final EntryCosts costs;
  private final Results results;
  private final EvaluationEvents events;

  EvaluationRequests(
      CheckpointEvaluation evaluation,
      ReportComposer composer,
      TeacherComposition teachers,
      EntryCosts costs,
      Results results,
      EvaluationEvents events) {
    this.evaluation = evaluation;
    this.composer = composer;
    this.teachers = teachers;
    this.gains = new DistilledGains(results);
    this.costs = costs;
    this.results = results;
    this.events = events;
  }

  @Override
  public void handle(EvaluationRequest request) throws IOException, InterruptedException {
    try {
      if (request instanceof EvaluateCheckpoint checkpoint) {
        evaluate(checkpoint);
      } else if (request instanceof ComposeReport report) {
        compose(report);
      } else if (request instanceof ComposeTeacher teacher) {
        compose(teacher);
      }
    } catch (ObjectMissingException | ObjectCorruptException e) {
      throw new PermanentFailureException(
          FailureCode.OBJECT_CORRUPT,
          "What the evaluation needs is not in the object store as it was written: %s. Submit the experiment again."
              .formatted(e.getMessage()),
          e);
    }
  }

  private void evaluate(EvaluateCheckpoint request) throws IOException, InterruptedException {
    List<Model> models = evaluation.evaluate(request);
    results.saveModels(request.experimentId(), request.dataset(), models);
    LOG.infof(
        "Evaluated run %s of experiment %s after step %d",
        request.run().name(), request.experimentId(), request.checkpoint().step());
    events.publish(
        new CheckpointEvaluated(
            request.experimentId(), request.runId(), request.checkpoint().id()));
  }

  private void compose(ComposeTeacher request) throws IOException, InterruptedException {
    String answers = teachers.compose(request);
    LOG.infof(
        "Composed the teacher %s for experiment %s", request.teacher(), request.experimentId());
    events.publish(new TeacherComposed(request.experimentId(), request.teacher(), answers));
  }

  private void compose(ComposeReport request) throws IOException, InterruptedException {
    List<Entry> entries = new ArrayList<>();
    ExperimentResults composed =
        composer.compose(request, results.models(request.experimentId()), entries::add);
    ExperimentResults report =
        gains.added(composed, request.members()).withCosts(costs.of(request, composed, entries));
    results.saveReport(request, report);
    LOG.infof(
        "Composed the report of experiment %s: %d models, %d ensembles",
        request.experimentId(), report.models().size(), report.ensembles().size());
    events.publish(new ReportComposed(request.experimentId()));
  }

  @Override
  public void failed(EvaluationRequest request, Failure failure)
      throws IOException, InterruptedException {
    if (request instanceof ComposeTeacher teacher) {
      events.publish(new TeacherFailed(teacher.experimentId(), teacher.teacher(), failure));
      return;
    }
    events.publish(
        request instanceof EvaluateCheckpoint checkpoint
            ? new EvaluationFailed(
                checkpoint.experimentId(),
                checkpoint.runId(),
                checkpoint.checkpoint().id(),
                failure)
            : new EvaluationFailed(request.experimentId(), null, null, failure));
  }

  @Override
  public void unreadable(Owner owner, Failure failure) throws IOException, InterruptedException {
    events.publish(new EvaluationFailed(owner.experimentId(), owner.runId(), null, failure));
  }
}
