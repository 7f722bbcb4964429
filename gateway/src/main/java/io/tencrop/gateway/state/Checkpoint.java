package io.tencrop.gateway.state;

import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.EpochMetrics;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * A published checkpoint's row. A run has one per step: whoever trains the same steps again makes
 * the same weights. Beside these it may have an average of the last ones.
 */
@Entity
@Table(name = "checkpoints")
public class Checkpoint {
  @EmbeddedId
  @Column(name = "run_id")
  private RunStep key;

  @Column(name = "checkpoint_id")
  private String checkpointId;

  @Column(name = "epoch")
  private int epoch;

  @Column(name = "weights_sha256")
  private String weightsSha256;

  @Column(name = "train_loss")
  private @Nullable Double trainLoss;

  @Column(name = "train_accuracy")
  private @Nullable Double trainAccuracy;

  @Column(name = "validation_loss")
  private @Nullable Double validationLoss;

  @Column(name = "validation_accuracy")
  private @Nullable Double validationAccuracy;

  @Column(name = "evaluation")
  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  private Evaluation evaluation;

  /** How far its evaluation is. */
  public enum Evaluation {
    /** Nobody asked for it. */
    NONE,
    REQUESTED,
    DONE
  }

  /** For Hibernate. */
  protected Checkpoint() {}

  public Checkpoint(UUID runId, CheckpointRef checkpoint, @Nullable EpochMetrics metrics) {
    Integer averaged = checkpoint.averagedEpochs();
    this.key = new RunStep(runId, checkpoint.step(), averaged == null ? 0 : averaged);
    this.checkpointId = checkpoint.id();
    this.epoch = checkpoint.epoch();
    this.weightsSha256 = checkpoint.weightsSha256();
    this.evaluation = Evaluation.NONE;
    measured(metrics);
  }

  /** The metrics of the epoch that ends with it, where it is the end of one. */
  public void measured(@Nullable EpochMetrics metrics) {
    if (metrics != null) {
      trainLoss = metrics.trainLoss();
      trainAccuracy = metrics.trainAccuracy();
      validationLoss = metrics.validationLoss();
      validationAccuracy = metrics.validationAccuracy();
    }
  }

  /**
   * Take note that its evaluation is wanted.
   *
   * @return false when it was before
   */
  public boolean requestEvaluation() {
    if (evaluation != Evaluation.NONE) {
      return false;
    }
    evaluation = Evaluation.REQUESTED;
    return true;
  }

  /** Its results are there. */
  public void evaluated() {
    evaluation = Evaluation.DONE;
  }

  public Evaluation evaluation() {
    return evaluation;
  }

  public UUID runId() {
    return key.runId();
  }

  public long step() {
    return key.step();
  }

  public CheckpointRef ref() {
    return new CheckpointRef(
        checkpointId, key.step(), epoch, weightsSha256, isAverage() ? key.averagedEpochs() : null);
  }

  /** Whether its weights are the mean of others', not what was trained. */
  public boolean isAverage() {
    return key.averagedEpochs() > 0;
  }

  /** Of the epoch that ends with it; absent within an epoch. */
  public @Nullable EpochMetrics metrics() {
    return trainLoss == null
            || trainAccuracy == null
            || validationLoss == null
            || validationAccuracy == null
        ? null
        : new EpochMetrics(
            epoch, key.step(), trainLoss, trainAccuracy, validationLoss, validationAccuracy, null);
  }
}
