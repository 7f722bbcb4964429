package io.tencrop.contracts.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.spec.EvaluationSpec;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.TeacherRef;
import io.tencrop.contracts.spec.ViewSpec;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** On {@code tencrop.evaluation.requests}, keyed by experiment. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(
      value = EvaluationRequest.EvaluateCheckpoint.class,
      name = "evaluateCheckpoint"),
  @JsonSubTypes.Type(value = EvaluationRequest.EvaluateSlice.class, name = "evaluateSlice"),
  @JsonSubTypes.Type(
      value = EvaluationRequest.AverageCheckpoints.class,
      name = "averageCheckpoints"),
  @JsonSubTypes.Type(value = EvaluationRequest.ComposeReport.class, name = "composeReport"),
  @JsonSubTypes.Type(value = EvaluationRequest.ComposeTeacher.class, name = "composeTeacher")
})
public sealed interface EvaluationRequest {
  UUID experimentId();

  /** Fill the logit bank for one checkpoint: validation and test, each view. */
  record EvaluateCheckpoint(
      UUID experimentId,
      UUID runId,
      RunSpec run,
      PreparedDataset dataset,
      CheckpointRef checkpoint,
      List<ViewSpec> views)
      implements EvaluationRequest {
    public EvaluateCheckpoint {
      views = List.copyOf(views);
    }
  }

  /**
   * Compute the logits of some images of a split for an evaluation; with the last slice, complete
   * it. Evaluators cut large evaluations so.
   *
   * @param evaluation that it is a part of
   * @param views that the logits are for: those that the bank had no entry of
   * @param images of each slice but the last of a split
   * @param index of the slice in its split, from 0
   */
  record EvaluateSlice(
      UUID experimentId,
      UUID runId,
      EvaluateCheckpoint evaluation,
      List<ViewSpec> views,
      int images,
      SplitName split,
      int index)
      implements EvaluationRequest {
    public EvaluateSlice {
      views = List.copyOf(views);
    }
  }

  /**
   * Average the weights of a run's checkpoints (SWA) and keep the result as a checkpoint. It is not
   * evaluated yet.
   *
   * @param checkpoints at the ends of epochs, in their order
   */
  record AverageCheckpoints(
      UUID experimentId,
      UUID runId,
      RunSpec run,
      PreparedDataset dataset,
      List<CheckpointRef> checkpoints)
      implements EvaluationRequest {
    public AverageCheckpoints {
      checkpoints = List.copyOf(checkpoints);
    }
  }

  /**
   * Compose the plan's ensembles from the logit bank alone, and the report.
   *
   * @param name the experiment's
   * @param members the runs that completed, in the order of the spec
   */
  record ComposeReport(
      UUID experimentId,
      String name,
      String datasetName,
      PreparedDataset dataset,
      EvaluationSpec plan,
      List<Member> members)
      implements EvaluationRequest {
    public ComposeReport {
      members = List.copyOf(members);
    }
  }

  /**
   * Put together what a teacher answers over the training images, in the view {@code center}.
   *
   * @param experimentId of the students
   * @param dataset the students', which is the teacher's too
   */
  record ComposeTeacher(UUID experimentId, PreparedDataset dataset, TeacherRef teacher)
      implements EvaluationRequest {}

  /**
   * A completed run.
   *
   * @param checkpoint the one that stands for the run in ensembles: the best one, or the last
   * @param epochs those at the ends of epochs that were evaluated, in order
   * @param swa the average of its weights; absent: it has none
   * @param curve the means of its epochs, that of the checkpoint with its norms; empty in a request
   *     for so many runs that it would be too large
   */
  record Member(
      UUID runId,
      RunSpec run,
      CheckpointRef checkpoint,
      List<CheckpointRef> epochs,
      @Nullable CheckpointRef swa,
      List<EpochMetrics> curve) {
    public Member {
      // Requests of before do not have it.
      curve = curve == null ? List.of() : List.copyOf(curve);
      epochs = epochs == null ? List.of() : List.copyOf(epochs);
    }
  }
}
