package io.tencrop.contracts.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tencrop.contracts.Failure;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.spec.TeacherRef;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** On {@code tencrop.evaluation.events}, keyed by experiment. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(
      value = EvaluationEvent.CheckpointEvaluated.class,
      name = "checkpointEvaluated"),
  @JsonSubTypes.Type(
      value = EvaluationEvent.CheckpointsAveraged.class,
      name = "checkpointsAveraged"),
  @JsonSubTypes.Type(value = EvaluationEvent.ReportComposed.class, name = "reportComposed"),
  @JsonSubTypes.Type(value = EvaluationEvent.TeacherComposed.class, name = "teacherComposed"),
  @JsonSubTypes.Type(value = EvaluationEvent.TeacherFailed.class, name = "teacherFailed"),
  @JsonSubTypes.Type(value = EvaluationEvent.EvaluationFailed.class, name = "evaluationFailed")
})
public sealed interface EvaluationEvent {
  UUID experimentId();

  /** The checkpoint's results are in the evaluator's database, its logits in the bank. */
  record CheckpointEvaluated(UUID experimentId, UUID runId, String checkpointId)
      implements EvaluationEvent {}

  /** A run's average is kept as this checkpoint. */
  record CheckpointsAveraged(UUID experimentId, UUID runId, CheckpointRef average)
      implements EvaluationEvent {}

  /** The report can be read. */
  record ReportComposed(UUID experimentId) implements EvaluationEvent {}

  /**
   * What the teacher answers is in the object store.
   *
   * @param answers SHA-256 of the object at {@code Buckets.teacher(answers)}
   */
  record TeacherComposed(UUID experimentId, TeacherRef teacher, String answers)
      implements EvaluationEvent {}

  /** The teacher cannot answer, so its students cannot be trained. */
  record TeacherFailed(UUID experimentId, TeacherRef teacher, Failure failure)
      implements EvaluationEvent {}

  /**
   * A checkpoint could not be evaluated or checkpoints not averaged, or the report not composed.
   *
   * @param runId absent when it was the report
   * @param checkpointId absent unless one checkpoint could not be evaluated
   */
  record EvaluationFailed(
      UUID experimentId, @Nullable UUID runId, @Nullable String checkpointId, Failure failure)
      implements EvaluationEvent {}
}
