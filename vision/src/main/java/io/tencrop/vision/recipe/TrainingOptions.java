package io.tencrop.vision.recipe;

import org.jspecify.annotations.Nullable;

/**
 * What users may add to a plain training loop.
 *
 * @param decayNormAndBias whether weight decay also holds for parameters of one dimension: biases,
 *     and the weights of normalization
 * @param gradientClipNorm the norm over all gradients is brought down to it, {@code
 *     torch.nn.utils.clip_grad_norm_}; absent: gradients as they are
 * @param ema absent: the weights as they are trained
 * @param earlyStopping absent: all epochs
 */
public record TrainingOptions(
    Schedule schedule,
    boolean decayNormAndBias,
    @Nullable Double gradientClipNorm,
    @Nullable Ema ema,
    @Nullable EarlyStopping earlyStopping,
    Precision precision,
    MemoryFormat memoryFormat,
    FineTuning fineTuning) {
  /** A plain loop. */
  public static final TrainingOptions DEFAULTS =
      new TrainingOptions(
          Schedule.CONSTANT,
          true,
          null,
          null,
          null,
          Compute.PLAIN.precision(),
          Compute.PLAIN.memoryFormat(),
          FineTuning.NONE);

  public TrainingOptions {
    if (gradientClipNorm != null && !(gradientClipNorm > 0)) {
      throw new IllegalArgumentException(
          "the gradients' norm is bound to %s; it must be above 0".formatted(gradientClipNorm));
    }
  }

  /** How the network's layers are computed. */
  public Compute compute() {
    return new Compute(precision, memoryFormat);
  }

  public TrainingOptions withSchedule(Schedule value) {
    return new TrainingOptions(
        value,
        decayNormAndBias,
        gradientClipNorm,
        ema,
        earlyStopping,
        precision,
        memoryFormat,
        fineTuning);
  }

  public TrainingOptions withoutDecayOfNormAndBias() {
    return new TrainingOptions(
        schedule, false, gradientClipNorm, ema, earlyStopping, precision, memoryFormat, fineTuning);
  }

  public TrainingOptions withGradientClipNorm(double value) {
    return new TrainingOptions(
        schedule, decayNormAndBias, value, ema, earlyStopping, precision, memoryFormat, fineTuning);
  }

  public TrainingOptions withEma(Ema value) {
    return new TrainingOptions(
        schedule,
        decayNormAndBias,
        gradientClipNorm,
        value,
        earlyStopping,
        precision,
        memoryFormat,
        fineTuning);
  }

  public TrainingOptions withEarlyStopping(EarlyStopping value) {
    return new TrainingOptions(
        schedule,
        decayNormAndBias,
        gradientClipNorm,
        ema,
        value,
        precision,
        memoryFormat,
        fineTuning);
  }

  public TrainingOptions withPrecision(Precision value) {
    return new TrainingOptions(
        schedule,
        decayNormAndBias,
        gradientClipNorm,
        ema,
        earlyStopping,
        value,
        memoryFormat,
        fineTuning);
  }

  public TrainingOptions withMemoryFormat(MemoryFormat value) {
    return new TrainingOptions(
        schedule,
        decayNormAndBias,
        gradientClipNorm,
        ema,
        earlyStopping,
        precision,
        value,
        fineTuning);
  }

  public TrainingOptions withFineTuning(FineTuning value) {
    return new TrainingOptions(
        schedule,
        decayNormAndBias,
        gradientClipNorm,
        ema,
        earlyStopping,
        precision,
        memoryFormat,
        value);
  }
}
