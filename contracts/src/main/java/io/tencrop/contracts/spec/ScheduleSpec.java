package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * How the learning rate goes over the run: PyTorch's schedulers, with PyTorch's meaning and
 * defaults. All but {@link OneCycle} can begin with a linear warm-up.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ScheduleSpec.Constant.class, name = "constant"),
  @JsonSubTypes.Type(value = ScheduleSpec.Step.class, name = "step"),
  @JsonSubTypes.Type(value = ScheduleSpec.Cosine.class, name = "cosine"),
  @JsonSubTypes.Type(value = ScheduleSpec.OneCycle.class, name = "oneCycle")
})
public sealed interface ScheduleSpec {

  /**
   * The optimizer's learning rate throughout.
   *
   * @param warmupEpochs while these last the rate goes linearly from 0 up; may be a fraction
   */
  record Constant(double warmupEpochs) implements ScheduleSpec {
    /** With the defaults for what is absent. */
    @JsonCreator
    public static Constant of(@JsonProperty("warmupEpochs") @Nullable Double warmupEpochs) {
      return new Constant(orElse(warmupEpochs, 0));
    }
  }

  /**
   * {@code torch.optim.lr_scheduler.StepLR} over epochs.
   *
   * @param warmupEpochs while these last the rate goes linearly from 0 up; may be a fraction
   * @param stepEpochs after every so many epochs the rate is multiplied by {@code gamma}
   */
  record Step(double warmupEpochs, int stepEpochs, double gamma) implements ScheduleSpec {
    /** With the defaults for what is absent. */
    @JsonCreator
    public static Step of(
        @JsonProperty("warmupEpochs") @Nullable Double warmupEpochs,
        @JsonProperty("stepEpochs") int stepEpochs,
        @JsonProperty("gamma") @Nullable Double gamma) {
      return new Step(orElse(warmupEpochs, 0), stepEpochs, orElse(gamma, 0.1));
    }
  }

  /**
   * {@code torch.optim.lr_scheduler.CosineAnnealingLR} over the steps after the warm-up.
   *
   * @param warmupEpochs while these last the rate goes linearly from 0 up; may be a fraction
   * @param finalFactor the rate ends at so much of the optimizer's
   */
  record Cosine(double warmupEpochs, double finalFactor) implements ScheduleSpec {
    /** With the defaults for what is absent. */
    @JsonCreator
    public static Cosine of(
        @JsonProperty("warmupEpochs") @Nullable Double warmupEpochs,
        @JsonProperty("finalFactor") @Nullable Double finalFactor) {
      return new Cosine(orElse(warmupEpochs, 0), orElse(finalFactor, 0));
    }
  }

  /**
   * {@code torch.optim.lr_scheduler.OneCycleLR} over the steps (Smith and Topin 2018), without its
   * cycling of momentum. The optimizer's rate is the highest.
   *
   * @param pctStart share of the steps in which the rate rises
   * @param divFactor the rate begins at the highest divided by this
   * @param finalDivFactor the rate ends at its beginning divided by this
   */
  record OneCycle(double pctStart, double divFactor, double finalDivFactor, Anneal anneal)
      implements ScheduleSpec {
    /** With PyTorch's defaults for what is absent. */
    @JsonCreator
    public static OneCycle of(
        @JsonProperty("pctStart") @Nullable Double pctStart,
        @JsonProperty("divFactor") @Nullable Double divFactor,
        @JsonProperty("finalDivFactor") @Nullable Double finalDivFactor,
        @JsonProperty("anneal") @Nullable Anneal anneal) {
      return new OneCycle(
          orElse(pctStart, 0.3),
          orElse(divFactor, 25),
          orElse(finalDivFactor, 10_000),
          anneal == null ? Anneal.COS : anneal);
    }
  }

  /** The curve between two rates. */
  enum Anneal {
    @JsonProperty("cos")
    COS,
    @JsonProperty("linear")
    LINEAR
  }

  private static double orElse(@Nullable Double value, double otherwise) {
    return value == null ? otherwise : value;
  }
}
