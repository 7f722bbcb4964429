package io.tencrop.evaluator;

import io.tencrop.contracts.Failure;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.api.ExperimentResults.Model;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.event.EvaluationEvent.CheckpointEvaluated;
import io.tencrop.contracts.event.EvaluationEvent.CheckpointsAveraged;
import io.tencrop.contracts.event.EvaluationEvent.EvaluationFailed;
import io.tencrop.contracts.event.EvaluationEvent.ReportComposed;
import io.tencrop.contracts.event.EvaluationEvent.TeacherComposed;
import io.tencrop.contracts.event.EvaluationEvent.TeacherFailed;
import io.tencrop.contracts.event.EvaluationRequest;
import io.tencrop.contracts.event.EvaluationRequest.AverageCheckpoints;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import io.tencrop.contracts.event.EvaluationRequest.ComposeTeacher;
import io.tencrop.contracts.event.EvaluationRequest.EvaluateCheckpoint;
import io.tencrop.contracts.event.EvaluationRequest.EvaluateSlice;
import io.tencrop.evaluator.bank.CheckpointEvaluation;
import io.tencrop.evaluator.checkpoint.CheckpointAveraging;
import io.tencrop.evaluator.report.Reports;
import io.tencrop.evaluator.results.Results;
import io.tencrop.evaluator.teacher.TeacherComposition;
import io.tencrop.messaging.Owner;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.messaging.WorkHandler;
import io.tencrop.storage.ObjectCorruptException;
import io.tencrop.storage.ObjectMissingException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Does what is requested, or cuts it into slices for all replicas, keeps the results and only then
 * tells so. Done again, it finds its own work in the bank and the database and tells once more.
 */
final class EvaluationRequests implements WorkHandler<EvaluationRequest> {
  private static final Logger LOG = Logger.getLogger(EvaluationRequests.class);

  private final CheckpointEvaluation evaluation;
  private final CheckpointAveraging averaging;
  private final TeacherComposition teachers;
  private final Reports reports;
  private final Results results;
  private final EvaluationEvents events;
  private final EvaluationWorkItems work;

  EvaluationRequests(
      CheckpointEvaluation evaluation,
      CheckpointAveraging averaging,
      TeacherComposition teachers,
      Reports reports,
      Results results,
      EvaluationEvents events,
      EvaluationWorkItems work) {
    this.evaluation = evaluation;
    this.averaging = averaging;
    this.teachers = teachers;
    this.reports = reports;
    this.results = results;
    this.events = events;
    this.work = work;
  }

  @Override
  public void handle(EvaluationRequest request) throws IOException, InterruptedException {
    try {
      if (request instanceof EvaluateCheckpoint checkpoint) {
        evaluate(checkpoint);
      } else if (request instanceof EvaluateSlice slice) {
        evaluate(slice);
      } else if (request instanceof AverageCheckpoints average) {
        average(average);
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
    List<EvaluateSlice> slices = evaluation.slices(request);
    if (slices.isEmpty()) {
      conclude(request, evaluation.evaluate(request));
    }
    for (EvaluateSlice slice : slices) {
      work.publish(slice);
    }
  }

  private void evaluate(EvaluateSlice slice) throws IOException, InterruptedException {
    Optional<List<Model>> models = evaluation.evaluate(slice);
    if (models.isPresent()) {
      conclude(slice.evaluation(), models.get());
    }
  }

  private void conclude(EvaluateCheckpoint request, List<Model> models)
      throws IOException, InterruptedException {
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

  private void average(AverageCheckpoints request) throws IOException, InterruptedException {
    CheckpointRef average = averaging.average(request);
    LOG.infof(
        "Averaged the weights of the last %d epochs of run %s of experiment %s",
        request.checkpoints().size(), request.run().name(), request.experimentId());
    events.publish(new CheckpointsAveraged(request.experimentId(), request.runId(), average));
  }

  private void compose(ComposeReport request) throws IOException, InterruptedException {
    reports.compose(request);
    events.publish(new ReportComposed(request.experimentId()));
  }

  @Override
  public void failed(EvaluationRequest request, Failure failure)
      throws IOException, InterruptedException {
    EvaluationRequest evaluated =
        request instanceof EvaluateSlice slice ? slice.evaluation() : request;
    if (evaluated instanceof EvaluateCheckpoint checkpoint) {
      events.publish(
          new EvaluationFailed(
              checkpoint.experimentId(),
              checkpoint.runId(),
              checkpoint.checkpoint().id(),
              failure));
    } else if (request instanceof AverageCheckpoints average) {
      events.publish(new EvaluationFailed(average.experimentId(), average.runId(), null, failure));
    } else if (request instanceof ComposeTeacher teacher) {
      events.publish(new TeacherFailed(teacher.experimentId(), teacher.teacher(), failure));
    } else {
      events.publish(new EvaluationFailed(request.experimentId(), null, null, failure));
    }
  }

  @Override
  public void unreadable(Owner owner, Failure failure) throws IOException, InterruptedException {
    events.publish(new EvaluationFailed(owner.experimentId(), owner.runId(), null, failure));
  }
}
