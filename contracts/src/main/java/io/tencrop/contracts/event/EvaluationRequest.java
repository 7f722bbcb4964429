package io.tencrop.contracts.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.spec.EvaluationSpec;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.ViewSpec;
import java.util.List;
import java.util.UUID;

/** On {@code tencrop.evaluation.requests}, keyed by experiment. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(
      value = EvaluationRequest.EvaluateCheckpoint.class,
      name = "evaluateCheckpoint"),
  @JsonSubTypes.Type(value = EvaluationRequest.ComposeReport.class, name = "composeReport")
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
   * A completed run.
   *
   * @param checkpoint the one that stands for the run in ensembles: the best one, or the last
   */
  record Member(UUID runId, RunSpec run, CheckpointRef checkpoint) {}
}
