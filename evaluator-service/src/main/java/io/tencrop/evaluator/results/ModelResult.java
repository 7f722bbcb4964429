package io.tencrop.evaluator.results;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** One checkpoint over one split in one view, as the database has it. */
@Entity
@Immutable
@Table(name = "model_result")
@IdClass(ModelResult.Key.class)
class ModelResult {
  @Id
  @Column(name = "experiment_id")
  UUID experimentId;

  @Id
  @Column(name = "checkpoint_id")
  String checkpointId;

  @Id
  @Column(name = "split")
  String split;

  @Id
  @Column(name = "view")
  String view;

  @Column(name = "run_id")
  UUID runId;

  @Column(name = "run_name")
  String runName;

  @Column(name = "run_group")
  String runGroup;

  @Column(name = "architecture")
  String architecture;

  @Column(name = "seed")
  long seed;

  @Column(name = "step")
  long step;

  @Column(name = "epoch")
  int epoch;

  @Column(name = "weights_sha256")
  String weightsSha256;

  /** See {@code CheckpointRef}. */
  @Column(name = "averaged_epochs")
  @Nullable Integer averagedEpochs;

  @Column(name = "accuracy")
  double accuracy;

  @Column(name = "loss")
  double loss;

  /** JSON: {@code Measures}, accuracy and loss included. */
  @Column(name = "measures")
  String measures;

  /** The natural key. */
  record Key(UUID experimentId, String checkpointId, String split, String view)
      implements Serializable {}
}
