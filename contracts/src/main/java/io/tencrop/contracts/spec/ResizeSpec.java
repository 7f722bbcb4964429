package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The size that images are resized to. In a spec a side, {@code 224}, for a square; both sides,
 * {@code {height: 180, width: 240}}, as {@code torchvision.transforms.Resize((180, 240))}; or
 * {@code {shorterSide: 256}}, as {@code Resize(256)}, which keeps the proportions.
 *
 * @param height in pixels; absent with {@code shorterSide}
 * @param width in pixels; absent with {@code shorterSide}
 * @param shorterSide in pixels; absent with the others
 */
public record ResizeSpec(
    @Nullable Integer height, @Nullable Integer width, @Nullable Integer shorterSide) {
  private static final String HEIGHT = "height";
  private static final String WIDTH = "width";
  private static final String SHORTER_SIDE = "shorterSide";

  public ResizeSpec {
    boolean exact = height != null && width != null && shorterSide == null;
    boolean proportional = height == null && width == null && shorterSide != null;
    if (!exact && !proportional) {
      throw new IllegalArgumentException(
          "resize needs a side, {height, width} or {shorterSide}; it has height %s, width %s, shorterSide %s"
              .formatted(height, width, shorterSide));
    }
  }

  /** To a square, whatever the proportions were. */
  public static ResizeSpec square(int side) {
    return new ResizeSpec(side, side, null);
  }

  /** To this size, whatever the proportions were. */
  public static ResizeSpec exact(int height, int width) {
    return new ResizeSpec(height, width, null);
  }

  /** Until the shorter side has this length; the proportions stay. */
  public static ResizeSpec shorterSide(int side) {
    return new ResizeSpec(null, null, side);
  }

  /** The height that an image of this size gets. Torchvision cuts the fraction off. */
  public int heightOf(int imageHeight, int imageWidth) {
    if (shorterSide == null) {
      return Objects.requireNonNull(height);
    }
    return imageHeight <= imageWidth
        ? shorterSide
        : (int) ((double) shorterSide * imageHeight / imageWidth);
  }

  /** The width that an image of this size gets, likewise. */
  public int widthOf(int imageHeight, int imageWidth) {
    if (shorterSide == null) {
      return Objects.requireNonNull(width);
    }
    return imageHeight <= imageWidth
        ? (int) ((double) shorterSide * imageWidth / imageHeight)
        : shorterSide;
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ResizeSpec fromJson(Object value) {
    if (value instanceof Map<?, ?> map) {
      if (!Set.of(HEIGHT, WIDTH, SHORTER_SIDE).containsAll(map.keySet())) {
        throw new IllegalArgumentException("resize is " + map);
      }
      return new ResizeSpec(pixels(map, HEIGHT), pixels(map, WIDTH), pixels(map, SHORTER_SIDE));
    }
    if (value instanceof Integer side) {
      return square(side);
    }
    throw new IllegalArgumentException("resize is " + value);
  }

  private static @Nullable Integer pixels(Map<?, ?> map, String name) {
    Object value = map.get(name);
    if (value == null || value instanceof Integer) {
      return (Integer) value;
    }
    throw new IllegalArgumentException("%s of resize is %s".formatted(name, value));
  }

  @JsonValue
  Object toJson() {
    if (shorterSide != null) {
      return Map.of(SHORTER_SIDE, shorterSide);
    }
    if (height == null || width == null) {
      throw new IllegalStateException("no size");
    }
    return height.equals(width) ? height : new Exact(height, width);
  }

  private record Exact(int height, int width) {}
}
