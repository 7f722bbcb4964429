package io.tencrop.gateway.state;

import io.tencrop.contracts.Failure;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.api.State;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.event.TrainingEvent.SegmentCompleted;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.TeacherSpec;
import io.tencrop.contracts.spec.TrainingSpec;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A run's row. Its head is the checkpoint that the next segment starts from. */
@Entity
@Table(name = "runs")
public class Run {
  @Id private UUID id;

  @Column(name = "experiment_id")
  private UUID experimentId;

  @Column(name = "ordinal")
  private int ordinal;

  @Column(name = "spec")
  @Convert(converter = JsonColumns.OneRun.class)
  private RunSpec spec;

  @Column(name = "state")
  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  private State state;

  @Column(name = "reason")
  private String reason;

  @Column(name = "failure_code")
  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  private @Nullable FailureCode failureCode;

  @Column(name = "failure_message")
  private @Nullable String failureMessage;

  @Column(name = "total_steps")
  private @Nullable Long totalSteps;

  @Column(name = "head_id")
  private @Nullable String headId;

  @Column(name = "head_step")
  private long headStep;

  @Column(name = "head_epoch")
  private int headEpoch;

  @Column(name = "head_weights_sha256")
  private @Nullable String headWeightsSha256;

  @Column(name = "segments")
  private int segments;

  @Column(name = "images")
  private long images;

  @Column(name = "seconds")
  private double seconds;

  @Column(name = "trainer")
  private @Nullable String trainer;

  @Column(name = "engines")
  @JdbcTypeCode(SqlTypes.ARRAY)
  private List<String> engines = new ArrayList<>();

  /** For Hibernate. */
  protected Run() {}

  /**
   * A new run.
   *
   * @param ordinal its place in the spec, from 0
   */
  public Run(UUID id, UUID experimentId, int ordinal, RunSpec spec, String reason) {
    this.id = id;
    this.experimentId = experimentId;
    this.ordinal = ordinal;
    this.spec = spec;
    this.state = State.QUEUED;
    this.reason = reason;
  }

  /**
   * Move on to another state.
   *
   * @throws IllegalStateException when it cannot become that from here
   */
  public void become(State next, String why) {
    if (!state.canBecome(next)) {
      throw new IllegalStateException("run %s: %s -> %s".formatted(id, state, next));
    }
    state = next;
    reason = why;
  }

  /** Become FAILED for this cause. */
  public void fail(Failure failure) {
    become(State.FAILED, failure.message());
    failureCode = failure.code();
    failureMessage = failure.message();
  }

  /** Say something new about the state that it is in. */
  public void explain(String why) {
    reason = why;
  }

  /** Mean and deviation that were to be computed from the data are these. */
  public void normalize(Normalization computed) {
    spec = spec.withInput(spec.input().withNormalize(computed));
  }

  /** What its teacher answers is there, under this digest. */
  public void taught(String answers) {
    TrainingSpec training = spec.training();
    TeacherSpec teacher = Objects.requireNonNull(training.teacher(), "it has no teacher");
    spec = spec.withTraining(training.withTeacher(teacher.withAnswers(answers)));
  }

  /** Optimizer updates of all epochs, known once the number of training images is. */
  public void plan(long steps) {
    totalSteps = steps;
  }

  /**
   * Compare and set: move the head to the end of this segment if the segment started from where the
   * head is now. A run that ends before its last step has no more steps than that.
   *
   * @return false when it started elsewhere, so that it is a duplicate or too late; nothing has
   *     changed then
   */
  public boolean advance(SegmentCompleted segment) {
    if (!Objects.equals(headId, segment.parentId())) {
      return false;
    }
    headId = segment.head().id();
    headStep = segment.head().step();
    headEpoch = segment.head().epoch();
    headWeightsSha256 = segment.head().weightsSha256();
    segments++;
    images += segment.images();
    seconds += segment.seconds();
    trainer = segment.trainer();
    engines = new ArrayList<>(segment.engines());
    if (segment.runCompleted()) {
      totalSteps = headStep;
    }
    return true;
  }

  /** Whether it has ended before its last epoch. */
  public boolean stoppedEarly() {
    return totalSteps != null && headStep == totalSteps && headEpoch < spec.training().epochs();
  }

  public UUID id() {
    return id;
  }

  public UUID experimentId() {
    return experimentId;
  }

  public int ordinal() {
    return ordinal;
  }

  public RunSpec spec() {
    return spec;
  }

  public State state() {
    return state;
  }

  public String reason() {
    return reason;
  }

  /** Why it failed; absent unless FAILED. */
  public @Nullable Failure failure() {
    return failureCode == null || failureMessage == null
        ? null
        : new Failure(failureCode, failureMessage);
  }

  public @Nullable Long totalSteps() {
    return totalSteps;
  }

  /** Where the next segment starts; absent: at step 0. */
  public @Nullable CheckpointRef head() {
    return headId == null || headWeightsSha256 == null
        ? null
        : new CheckpointRef(headId, headStep, headEpoch, headWeightsSha256);
  }

  /** Id of the head; absent: step 0. */
  public @Nullable String headId() {
    return headId;
  }

  /** Optimizer updates at the head. */
  public long headStep() {
    return headStep;
  }

  /** Whole epochs at the head. */
  public int headEpoch() {
    return headEpoch;
  }

  /** Segments that moved the head. */
  public int segments() {
    return segments;
  }

  /** Images per second over all segments so far; 0 before the first. */
  public double meanRate() {
    return seconds > 0 ? images / seconds : 0;
  }

  /** What made its steps up to the head, in the order in which they came in. */
  public List<String> engines() {
    return List.copyOf(engines);
  }

  /** Who trained the last segment. */
  public @Nullable String trainer() {
    return trainer;
  }
}
