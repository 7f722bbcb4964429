package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * How images of a batch and their labels are mixed with one another, with torchvision's parameters
 * and defaults: {@code {mixup: {alpha: 0.2}}}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
  @JsonSubTypes.Type(value = MixSpec.Mixup.class, name = "mixup"),
  @JsonSubTypes.Type(value = MixSpec.Cutmix.class, name = "cutmix")
})
public sealed interface MixSpec {
  /** Of both shapes of the beta distribution that the shares are drawn from, above 0. */
  double alpha();

  /** {@code torchvision.transforms.v2.MixUp}. */
  record Mixup(double alpha) implements MixSpec {
    /** With torchvision's default when absent. */
    @JsonCreator
    public static Mixup of(@JsonProperty("alpha") @Nullable Double alpha) {
      return new Mixup(alpha == null ? 1 : alpha);
    }
  }

  /** {@code torchvision.transforms.v2.CutMix}. */
  record Cutmix(double alpha) implements MixSpec {
    /** With torchvision's default when absent. */
    @JsonCreator
    public static Cutmix of(@JsonProperty("alpha") @Nullable Double alpha) {
      return new Cutmix(alpha == null ? 1 : alpha);
    }
  }
}
