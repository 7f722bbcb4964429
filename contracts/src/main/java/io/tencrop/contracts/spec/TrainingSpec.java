package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a network is trained. In files and messages these are fields of the run group and of the run
 * themselves.
 *
 * @param batchSize images per step
 * @param threads CPU threads of the training step. Part of the run since another count gives other
 *     bits
 * @param gradientClipNorm the gradient is scaled down to this norm where it is greater, {@code
 *     torch.nn.utils.clip_grad_norm_}; absent: it is not
 * @param ema absent: the weights are used as they are
 * @param earlyStopping absent: all epochs are trained
 * @param augment what is done to the images, in this order; it leaves them at the size that the
 *     network sees
 * @param mix each batch is mixed by one of these, drawn anew for each; empty: it is not
 * @param freeze names of parameters that are not trained, with {@code *} for any characters
 * @param bodyLearningRateFactor times the learning rate is the rate of all but the head, the
 *     network's last layer
 * @param initialWeights id of the checkpoint whose weights it starts from, with a new head where
 *     that has another number of outputs; absent: from random ones
 * @param teacher that it learns from beside the labels; absent: from the labels alone
 */
public record TrainingSpec(
    OptimizerSpec optimizer,
    ScheduleSpec schedule,
    LossSpec loss,
    int batchSize,
    int epochs,
    int threads,
    PrecisionSpec precision,
    MemoryFormatSpec memoryFormat,
    @Nullable Double gradientClipNorm,
    @Nullable EmaSpec ema,
    @Nullable EarlyStoppingSpec earlyStopping,
    List<AugmentationSpec> augment,
    List<MixSpec> mix,
    List<String> freeze,
    double bodyLearningRateFactor,
    @Nullable String initialWeights,
    @Nullable TeacherSpec teacher) {

  /** With the defaults for what is absent. */
  @JsonCreator
  public static TrainingSpec of(
      @JsonProperty("optimizer") @Nullable OptimizerSpec optimizer,
      @JsonProperty("schedule") @Nullable ScheduleSpec schedule,
      @JsonProperty("loss") @Nullable LossSpec loss,
      @JsonProperty("batchSize") @Nullable Integer batchSize,
      @JsonProperty("epochs") @Nullable Integer epochs,
      @JsonProperty("threads") @Nullable Integer threads,
      @JsonProperty("precision") @Nullable PrecisionSpec precision,
      @JsonProperty("memoryFormat") @Nullable MemoryFormatSpec memoryFormat,
      @JsonProperty("gradientClipNorm") @Nullable Double gradientClipNorm,
      @JsonProperty("ema") @Nullable EmaSpec ema,
      @JsonProperty("earlyStopping") @Nullable EarlyStoppingSpec earlyStopping,
      @JsonProperty("augment") @Nullable List<AugmentationSpec> augment,
      @JsonProperty("mix") @Nullable List<MixSpec> mix,
      @JsonProperty("freeze") @Nullable List<String> freeze,
      @JsonProperty("bodyLearningRateFactor") @Nullable Double bodyLearningRateFactor,
      @JsonProperty("initialWeights") @Nullable String initialWeights,
      @JsonProperty("teacher") @Nullable TeacherSpec teacher) {
    return new TrainingSpec(
        optimizer == null ? OptimizerSpec.Adam.defaults() : optimizer,
        schedule == null ? ScheduleSpec.Constant.of(null) : schedule,
        loss == null ? LossSpec.CROSS_ENTROPY : loss,
        batchSize == null ? 64 : batchSize,
        epochs == null ? 10 : epochs,
        threads == null ? 1 : threads,
        precision == null ? PrecisionSpec.FLOAT32 : precision,
        memoryFormat == null ? MemoryFormatSpec.CHANNELS_LAST : memoryFormat,
        gradientClipNorm,
        ema,
        earlyStopping,
        augment == null ? List.of() : augment,
        mix == null ? List.of() : mix,
        freeze == null ? List.of() : freeze,
        bodyLearningRateFactor == null ? 1 : bodyLearningRateFactor,
        initialWeights,
        teacher);
  }

  public TrainingSpec {
    augment = List.copyOf(augment);
    mix = List.copyOf(mix);
    freeze = List.copyOf(freeze);
  }

  /** What is trained when the file says nothing. */
  public static TrainingSpec defaults() {
    return of(
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null);
  }

  /** The same with another teacher. */
  public TrainingSpec withTeacher(TeacherSpec other) {
    return new TrainingSpec(
        optimizer,
        schedule,
        loss,
        batchSize,
        epochs,
        threads,
        precision,
        memoryFormat,
        gradientClipNorm,
        ema,
        earlyStopping,
        augment,
        mix,
        freeze,
        bodyLearningRateFactor,
        initialWeights,
        other);
  }
}
