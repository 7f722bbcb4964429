package io.tencrop.vision.recipe;

import java.util.List;
import java.util.function.Consumer;
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
 * @param mix each batch is mixed by one of these, drawn uniformly; empty: batches as they are
 * @param distillation absent: the labels alone are learnt from
 */
public record TrainingOptions(
    Schedule schedule,
    boolean decayNormAndBias,
    @Nullable Double gradientClipNorm,
    @Nullable Ema ema,
    @Nullable EarlyStopping earlyStopping,
    Precision precision,
    MemoryFormat memoryFormat,
    FineTuning fineTuning,
    List<BatchMix> mix,
    @Nullable Distillation distillation) {
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
          FineTuning.NONE,
          List.of(),
          null);

  public TrainingOptions {
    mix = List.copyOf(mix);
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
    return edited(draft -> draft.schedule = value);
  }

  public TrainingOptions withoutDecayOfNormAndBias() {
    return edited(draft -> draft.decayNormAndBias = false);
  }

  public TrainingOptions withGradientClipNorm(double value) {
    return edited(draft -> draft.gradientClipNorm = value);
  }

  public TrainingOptions withEma(Ema value) {
    return edited(draft -> draft.ema = value);
  }

  public TrainingOptions withEarlyStopping(EarlyStopping value) {
    return edited(draft -> draft.earlyStopping = value);
  }

  public TrainingOptions withPrecision(Precision value) {
    return edited(draft -> draft.precision = value);
  }

  public TrainingOptions withMemoryFormat(MemoryFormat value) {
    return edited(draft -> draft.memoryFormat = value);
  }

  public TrainingOptions withFineTuning(FineTuning value) {
    return edited(draft -> draft.fineTuning = value);
  }

  public TrainingOptions withMix(List<BatchMix> value) {
    return edited(draft -> draft.mix = value);
  }

  public TrainingOptions withDistillation(Distillation value) {
    return edited(draft -> draft.distillation = value);
  }

  private TrainingOptions edited(Consumer<Draft> edit) {
    Draft draft = new Draft(this);
    edit.accept(draft);
    return draft.finished();
  }

  private static final class Draft {
    private Schedule schedule;
    private boolean decayNormAndBias;
    private @Nullable Double gradientClipNorm;
    private @Nullable Ema ema;
    private @Nullable EarlyStopping earlyStopping;
    private Precision precision;
    private MemoryFormat memoryFormat;
    private FineTuning fineTuning;
    private List<BatchMix> mix;
    private @Nullable Distillation distillation;

    Draft(TrainingOptions options) {
      schedule = options.schedule;
      decayNormAndBias = options.decayNormAndBias;
      gradientClipNorm = options.gradientClipNorm;
      ema = options.ema;
      earlyStopping = options.earlyStopping;
      precision = options.precision;
      memoryFormat = options.memoryFormat;
      fineTuning = options.fineTuning;
      mix = options.mix;
      distillation = options.distillation;
    }

    TrainingOptions finished() {
      return new TrainingOptions(
          schedule,
          decayNormAndBias,
          gradientClipNorm,
          ema,
          earlyStopping,
          precision,
          memoryFormat,
          fineTuning,
          mix,
          distillation);
    }
  }
}
