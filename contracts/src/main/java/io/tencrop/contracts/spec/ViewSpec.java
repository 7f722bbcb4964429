package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of a stored image the network sees when it is tested: crops, of the stored image or of the
 * stored image resized. In JSON an expression such as {@code tenCrop} or {@code center@64+flip@72}:
 * crops and sets of crops joined by {@code +}, each with {@code @} and the shorter side in pixels
 * that the image is resized to before. Views of the same crops are equal.
 *
 * @param label the shortest expression, which names the view in files and in JSON too
 */
public record ViewSpec(@JsonValue String label) implements Comparable<ViewSpec> {
  /** One crop, torchvision's {@code CenterCrop}. */
  public static final ViewSpec CENTER = new ViewSpec("center");

  /** The centre crop and its mirror image. */
  public static final ViewSpec FLIP = new ViewSpec("flip");

  /** Four corners and the centre: torchvision's {@code FiveCrop}, in its order. */
  public static final ViewSpec FIVE_CROP = new ViewSpec("fiveCrop");

  /**
   * Four corners and the centre, each also mirrored: torchvision's {@code TenCrop}, in its order.
   */
  public static final ViewSpec TEN_CROP = new ViewSpec("tenCrop");

  /** As many as Szegedy et al. (2015) took of an image. */
  public static final int MAX_CROPS = 144;

  /** Pixels of a resized image's shorter side. */
  public static final int MAX_SHORTER_SIDE = 4096;

  /** Characters of a label: it is part of file names. */
  public static final int MAX_LABEL = 200;

  private static final Comparator<ViewSpec> ORDER =
      Comparator.comparing(ViewSpec::crops).thenComparing(ViewSpec::label);

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException when it is none, or has too many crops
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ViewSpec {
    label = ViewExpression.shortest(ViewExpression.parse(label));
    if (label.length() > MAX_LABEL) {
      throw new IllegalArgumentException(
          "the view takes %d characters to name, more than %d: take fewer crops or scales, or use several views"
              .formatted(label.length(), MAX_LABEL));
    }
  }

  /**
   * Crops of an image at one size.
   *
   * @param shorterSide in pixels, that the stored image is resized to with its proportions kept;
   *     absent: it is not resized
   * @param crops each once, in torchvision's order
   */
  public record Scale(@Nullable Integer shorterSide, List<CropName> crops) {
    public Scale {
      crops = List.copyOf(crops);
    }

    /** Whether it has crops other than those of the centre. */
    boolean hasCorners() {
      return !crops.stream().allMatch(CropName::isCentral);
    }
  }

  /** The words that stand for crops and sets of crops. */
  public static List<String> words() {
    return ViewExpression.WORDS;
  }

  /** The crops: those of the image as it is stored first, then by size. */
  public List<Scale> scales() {
    return ViewExpression.parse(label);
  }

  /** How many crops of an image it takes. */
  public int crops() {
    return scales().stream().mapToInt(scale -> scale.crops().size()).sum();
  }

  /**
   * Why the view cannot be had of images, as far as what is given tells; empty when it can.
   *
   * @param crop side of what the network sees; absent: the whole stored image
   * @param stored shorter side of the stored images; absent when it is not known
   */
  public Optional<String> objection(@Nullable Integer crop, @Nullable Integer stored) {
    return scales().stream().flatMap(scale -> objection(scale, crop, stored).stream()).findFirst();
  }

  private static Optional<String> objection(
      Scale scale, @Nullable Integer crop, @Nullable Integer stored) {
    String name = ViewExpression.shortest(List.of(scale));
    Integer side = scale.shorterSide();
    if (crop == null) {
      return scale.hasCorners() || side != null
          ? Optional.of(
              side == null
                  ? name + " needs preparation.crop, smaller than the stored image"
                  : name + " needs preparation.crop, which is taken of the resized image")
          : Optional.empty();
    }
    if (side != null && side < crop) {
      return Optional.of(
          "%s makes the image smaller than preparation.crop, which is %d".formatted(name, crop));
    }
    if (scale.hasCorners() && crop.equals(side == null ? stored : side)) {
      return Optional.of(
          "%s needs a preparation.crop smaller than the %s image's shorter side; both are %d"
              .formatted(name, side == null ? "stored" : "resized", crop));
    }
    return Optional.empty();
  }

  /** By the number of crops, then by label. */
  @Override
  public int compareTo(ViewSpec other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return label;
  }
}
