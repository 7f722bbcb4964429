package io.tencrop.vision.data;

import java.util.ArrayList;
import java.util.List;

/**
 * A rectangle of an image, in pixels.
 *
 * @param mirrored left and right exchanged, after cropping
 */
public record Crop(int top, int left, int height, int width, boolean mirrored) {
  public Crop {
    if (top < 0 || left < 0 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "crop of %dx%d at (%d, %d)".formatted(height, width, top, left));
    }
  }

  /** The whole image. */
  public static Crop whole(int height, int width) {
    return new Crop(0, 0, height, width, false);
  }

  /**
   * The square in the centre; {@code torchvision.transforms.functional.center_crop}, which rounds
   * half to even.
   *
   * @throws IllegalArgumentException when the image is smaller
   */
  public static Crop center(int height, int width, int size) {
    checkFits(height, width, size);
    int top = (int) Math.rint((height - size) / 2.0);
    int left = (int) Math.rint((width - size) / 2.0);
    return new Crop(top, left, size, size, false);
  }

  /** The same rectangle with left and right exchanged. */
  public Crop mirror() {
    return new Crop(top, left, height, width, !mirrored);
  }

  /**
   * Top left, top right, bottom left, bottom right, centre, and the same mirrored: {@code
   * torchvision.transforms.functional.ten_crop}, in its order. Torchvision mirrors the image before
   * it crops, so its sixth is the mirrored image's top left, which is the mirrored top right crop.
   *
   * @throws IllegalArgumentException when the image is smaller
   */
  public static List<Crop> tenCrop(int height, int width, int size) {
    checkFits(height, width, size);
    int bottom = height - size;
    int right = width - size;
    Crop center = center(height, width, size);
    List<Crop> crops = new ArrayList<>(10);
    crops.add(new Crop(0, 0, size, size, false));
    crops.add(new Crop(0, right, size, size, false));
    crops.add(new Crop(bottom, 0, size, size, false));
    crops.add(new Crop(bottom, right, size, size, false));
    crops.add(center);
    for (Crop crop : List.copyOf(crops)) {
      crops.add(
          new Crop(crop.top(), width - size - crop.left(), crop.height(), crop.width(), true));
    }
    return crops;
  }

  private static void checkFits(int height, int width, int size) {
    if (size < 1 || size > height || size > width) {
      throw new IllegalArgumentException(
          "a crop of %dx%d does not fit an image of %dx%d".formatted(size, size, height, width));
    }
  }
}
