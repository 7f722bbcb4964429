package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A random change of training images, under torchvision's names and with its parameters and
 * defaults: {@code {horizontalFlip: {p: 0.5}}}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
  @JsonSubTypes.Type(value = AugmentationSpec.RandomCrop.class, name = "randomCrop"),
  @JsonSubTypes.Type(value = AugmentationSpec.HorizontalFlip.class, name = "horizontalFlip"),
  @JsonSubTypes.Type(value = AugmentationSpec.VerticalFlip.class, name = "verticalFlip"),
  @JsonSubTypes.Type(value = AugmentationSpec.RandomErasing.class, name = "randomErasing"),
  @JsonSubTypes.Type(value = AugmentationSpec.Cutout.class, name = "cutout")
})
public sealed interface AugmentationSpec {

  /**
   * {@code torchvision.transforms.RandomCrop}.
   *
   * @param size side in pixels
   * @param padding on each side, before cropping
   */
  record RandomCrop(int size, int padding, PaddingMode paddingMode) implements AugmentationSpec {
    /** With torchvision's defaults for what is absent. */
    @JsonCreator
    public static RandomCrop of(
        @JsonProperty("size") int size,
        @JsonProperty("padding") @Nullable Integer padding,
        @JsonProperty("paddingMode") @Nullable PaddingMode paddingMode) {
      return new RandomCrop(
          size,
          padding == null ? 0 : padding,
          paddingMode == null ? PaddingMode.CONSTANT : paddingMode);
    }
  }

  /** What lies around an image: {@code torchvision.transforms.functional.pad}. */
  enum PaddingMode {
    /** Black. */
    @JsonProperty("constant")
    CONSTANT,
    /** The pixel at the edge. */
    @JsonProperty("edge")
    EDGE,
    /** The image mirrored, without its edge pixel. */
    @JsonProperty("reflect")
    REFLECT,
    /** The image mirrored, with its edge pixel. */
    @JsonProperty("symmetric")
    SYMMETRIC
  }

  /** {@code torchvision.transforms.RandomHorizontalFlip}. */
  record HorizontalFlip(double p) implements AugmentationSpec {
    /** With torchvision's default when absent. */
    @JsonCreator
    public static HorizontalFlip of(@JsonProperty("p") @Nullable Double p) {
      return new HorizontalFlip(p == null ? 0.5 : p);
    }
  }

  /** {@code torchvision.transforms.RandomVerticalFlip}. */
  record VerticalFlip(double p) implements AugmentationSpec {
    /** With torchvision's default when absent. */
    @JsonCreator
    public static VerticalFlip of(@JsonProperty("p") @Nullable Double p) {
      return new VerticalFlip(p == null ? 0.5 : p);
    }
  }

  /**
   * {@code torchvision.transforms.RandomErasing} (Zhong et al. 2020).
   *
   * @param scale least and greatest share of the area
   * @param ratio least and greatest height divided by width
   * @param value what is painted, normalized: 0 is the mean colour
   */
  record RandomErasing(double p, List<Double> scale, List<Double> ratio, double value)
      implements AugmentationSpec {
    public RandomErasing {
      scale = List.copyOf(scale);
      ratio = List.copyOf(ratio);
    }

    /** With torchvision's defaults for what is absent. */
    @JsonCreator
    public static RandomErasing of(
        @JsonProperty("p") @Nullable Double p,
        @JsonProperty("scale") @Nullable List<Double> scale,
        @JsonProperty("ratio") @Nullable List<Double> ratio,
        @JsonProperty("value") @Nullable Double value) {
      return new RandomErasing(
          p == null ? 0.5 : p,
          scale == null ? List.of(0.02, 0.33) : scale,
          ratio == null ? List.of(0.3, 3.3) : ratio,
          value == null ? 0 : value);
    }
  }

  /**
   * Cutout (DeVries and Taylor 2017): a square around a random pixel gets the mean colour.
   *
   * @param size side in pixels
   */
  record Cutout(int size) implements AugmentationSpec {}
}
