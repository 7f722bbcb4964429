package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Augmentation that is computed once, when the data is prepared: each training image is stored
 * {@code variants} times, each time changed anew; epoch {@code e} sees variant {@code e mod
 * variants}. Validation and test images are stored as they are.
 *
 * @param operations in this order; they leave images at the stored size. A {@code
 *     randomResizedCrop} at their beginning takes its part of the source's image, before the resize
 * @param seed of the choices
 */
public record ShardAugmentSpec(int variants, List<Operation> operations, long seed) {
  public static final long DEFAULT_SEED = 42;

  /** With the defaults for what is absent. */
  @JsonCreator
  public static ShardAugmentSpec of(
      @JsonProperty("variants") int variants,
      @JsonProperty("operations") List<Operation> operations,
      @JsonProperty("seed") @Nullable Long seed) {
    return new ShardAugmentSpec(variants, operations, seed == null ? DEFAULT_SEED : seed);
  }

  public ShardAugmentSpec {
    operations = List.copyOf(operations);
  }

  /**
   * A random change of an image that is too costly for each epoch, under torchvision's names and
   * with its parameters and defaults: {@code {rotation: {degrees: 10}}}.
   */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
  @JsonSubTypes({
    @JsonSubTypes.Type(value = RandomResizedCrop.class, name = "randomResizedCrop"),
    @JsonSubTypes.Type(value = Rotation.class, name = "rotation"),
    @JsonSubTypes.Type(value = ColorJitter.class, name = "colorJitter"),
    @JsonSubTypes.Type(value = Grayscale.class, name = "grayscale"),
    @JsonSubTypes.Type(value = RandAugment.class, name = "randAugment")
  })
  public sealed interface Operation {}

  /**
   * {@code torchvision.transforms.RandomResizedCrop}.
   *
   * @param size side in pixels
   * @param scale least and greatest share of the area
   * @param ratio least and greatest width divided by height
   */
  public record RandomResizedCrop(int size, List<Double> scale, List<Double> ratio)
      implements Operation {
    public RandomResizedCrop {
      scale = List.copyOf(scale);
      ratio = List.copyOf(ratio);
    }

    /** With torchvision's defaults for what is absent. */
    @JsonCreator
    public static RandomResizedCrop of(
        @JsonProperty("size") int size,
        @JsonProperty("scale") @Nullable List<Double> scale,
        @JsonProperty("ratio") @Nullable List<Double> ratio) {
      return new RandomResizedCrop(
          size,
          scale == null ? List.of(0.08, 1.0) : scale,
          ratio == null ? List.of(3 / 4.0, 4 / 3.0) : ratio);
    }
  }

  /** How a pixel is made from where it lies between pixels. */
  public enum Interpolation {
    @JsonProperty("nearest")
    NEAREST,
    @JsonProperty("bilinear")
    BILINEAR
  }

  /**
   * {@code torchvision.transforms.RandomRotation}.
   *
   * @param degrees angles are in [-degrees, degrees]
   * @param fill grey level of what comes into view
   */
  public record Rotation(double degrees, Interpolation interpolation, int fill)
      implements Operation {
    /** With torchvision's defaults for what is absent. */
    @JsonCreator
    public static Rotation of(
        @JsonProperty("degrees") double degrees,
        @JsonProperty("interpolation") @Nullable Interpolation interpolation,
        @JsonProperty("fill") @Nullable Integer fill) {
      return new Rotation(
          degrees,
          interpolation == null ? Interpolation.NEAREST : interpolation,
          fill == null ? 0 : fill);
    }
  }

  /** {@code torchvision.transforms.ColorJitter}; what is 0 stays as it is. */
  public record ColorJitter(double brightness, double contrast, double saturation, double hue)
      implements Operation {}

  /** {@code torchvision.transforms.RandomGrayscale}. */
  public record Grayscale(double p) implements Operation {
    /** With torchvision's default when absent. */
    @JsonCreator
    public static Grayscale of(@JsonProperty("p") @Nullable Double p) {
      return new Grayscale(p == null ? 0.1 : p);
    }
  }

  /**
   * {@code torchvision.transforms.RandAugment} (Cubuk et al. 2020).
   *
   * @param numOps how many operations an image gets
   * @param magnitude of all of them, from 0 to {@code numMagnitudeBins - 1}
   * @param operations of which are drawn
   * @param fill grey level of what comes into view
   */
  public record RandAugment(
      int numOps,
      int magnitude,
      int numMagnitudeBins,
      List<RandOperation> operations,
      Interpolation interpolation,
      int fill)
      implements Operation {
    public RandAugment {
      operations = List.copyOf(operations);
    }

    /** With torchvision's defaults for what is absent. */
    @JsonCreator
    public static RandAugment of(
        @JsonProperty("numOps") @Nullable Integer numOps,
        @JsonProperty("magnitude") @Nullable Integer magnitude,
        @JsonProperty("numMagnitudeBins") @Nullable Integer numMagnitudeBins,
        @JsonProperty("operations") @Nullable List<RandOperation> operations,
        @JsonProperty("interpolation") @Nullable Interpolation interpolation,
        @JsonProperty("fill") @Nullable Integer fill) {
      return new RandAugment(
          numOps == null ? 2 : numOps,
          magnitude == null ? 9 : magnitude,
          numMagnitudeBins == null ? 31 : numMagnitudeBins,
          operations == null ? List.of(RandOperation.values()) : operations,
          interpolation == null ? Interpolation.NEAREST : interpolation,
          fill == null ? 0 : fill);
    }
  }

  /** An operation of RandAugment. */
  public enum RandOperation {
    @JsonProperty("identity")
    IDENTITY,
    @JsonProperty("shearX")
    SHEAR_X,
    @JsonProperty("shearY")
    SHEAR_Y,
    @JsonProperty("translateX")
    TRANSLATE_X,
    @JsonProperty("translateY")
    TRANSLATE_Y,
    @JsonProperty("rotate")
    ROTATE,
    @JsonProperty("brightness")
    BRIGHTNESS,
    @JsonProperty("color")
    COLOR,
    @JsonProperty("contrast")
    CONTRAST,
    @JsonProperty("sharpness")
    SHARPNESS,
    @JsonProperty("posterize")
    POSTERIZE,
    @JsonProperty("solarize")
    SOLARIZE,
    @JsonProperty("autoContrast")
    AUTO_CONTRAST,
    @JsonProperty("equalize")
    EQUALIZE
  }
}
