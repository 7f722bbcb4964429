package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The optimizer and its settings: PyTorch's, with PyTorch's meaning and defaults. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = OptimizerSpec.Sgd.class, name = "sgd"),
  @JsonSubTypes.Type(value = OptimizerSpec.Adam.class, name = "adam"),
  @JsonSubTypes.Type(value = OptimizerSpec.AdamW.class, name = "adamw")
})
public sealed interface OptimizerSpec {
  double learningRate();

  double weightDecay();

  /**
   * Whether weight decay is also applied to biases and to the parameters of normalization layers,
   * as PyTorch does.
   */
  boolean decayNormAndBias();

  /** {@code torch.optim.SGD}. */
  record Sgd(
      double learningRate,
      double momentum,
      double dampening,
      boolean nesterov,
      double weightDecay,
      boolean decayNormAndBias)
      implements OptimizerSpec {
    /** With PyTorch's defaults for what is absent. */
    @JsonCreator
    public static Sgd of(
        @JsonProperty("learningRate") @Nullable Double learningRate,
        @JsonProperty("momentum") @Nullable Double momentum,
        @JsonProperty("dampening") @Nullable Double dampening,
        @JsonProperty("nesterov") @Nullable Boolean nesterov,
        @JsonProperty("weightDecay") @Nullable Double weightDecay,
        @JsonProperty("decayNormAndBias") @Nullable Boolean decayNormAndBias) {
      return new Sgd(
          orElse(learningRate, 0.001),
          orElse(momentum, 0),
          orElse(dampening, 0),
          nesterov != null && nesterov,
          orElse(weightDecay, 0),
          decayNormAndBias == null || decayNormAndBias);
    }
  }

  /** {@code torch.optim.Adam}: weight decay is added to the gradient. */
  record Adam(
      double learningRate,
      List<Double> betas,
      double eps,
      double weightDecay,
      boolean decayNormAndBias)
      implements OptimizerSpec {
    public Adam {
      betas = List.copyOf(betas);
    }

    /** With PyTorch's defaults for what is absent. */
    @JsonCreator
    public static Adam of(
        @JsonProperty("learningRate") @Nullable Double learningRate,
        @JsonProperty("betas") @Nullable List<Double> betas,
        @JsonProperty("eps") @Nullable Double eps,
        @JsonProperty("weightDecay") @Nullable Double weightDecay,
        @JsonProperty("decayNormAndBias") @Nullable Boolean decayNormAndBias) {
      return new Adam(
          orElse(learningRate, 0.001),
          betas == null ? List.of(0.9, 0.999) : betas,
          orElse(eps, 1e-8),
          orElse(weightDecay, 0),
          decayNormAndBias == null || decayNormAndBias);
    }

    static Adam defaults() {
      return of(null, null, null, null, null);
    }
  }

  /** {@code torch.optim.AdamW}: weight decay is taken from the weights. */
  record AdamW(
      double learningRate,
      List<Double> betas,
      double eps,
      double weightDecay,
      boolean decayNormAndBias)
      implements OptimizerSpec {
    public AdamW {
      betas = List.copyOf(betas);
    }

    /** With PyTorch's defaults for what is absent. */
    @JsonCreator
    public static AdamW of(
        @JsonProperty("learningRate") @Nullable Double learningRate,
        @JsonProperty("betas") @Nullable List<Double> betas,
        @JsonProperty("eps") @Nullable Double eps,
        @JsonProperty("weightDecay") @Nullable Double weightDecay,
        @JsonProperty("decayNormAndBias") @Nullable Boolean decayNormAndBias) {
      return new AdamW(
          orElse(learningRate, 0.001),
          betas == null ? List.of(0.9, 0.999) : betas,
          orElse(eps, 1e-8),
          orElse(weightDecay, 0.01),
          decayNormAndBias == null || decayNormAndBias);
    }
  }

  private static double orElse(@Nullable Double value, double otherwise) {
    return value == null ? otherwise : value;
  }
}
