package io.tencrop.dataset.preparation;

import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.spec.ResizeSpec;
import io.tencrop.contracts.spec.ShardPreparation;
import io.tencrop.dataset.source.UnusableImageException;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.ImageFormatException;
import io.tencrop.vision.data.ImageSize;
import org.jspecify.annotations.Nullable;

/**
 * How an image of the source gets the stored size: resized, then a square cut from its centre, as
 * {@code torchvision.transforms.Resize} and {@code CenterCrop} do it.
 *
 * @param resize absent: not resized
 * @param stored what comes of it
 */
record Framing(@Nullable ResizeSpec resize, ImageSize stored) {
  private static final int MAX_SIDE = 4096;

  /**
   * The framing that the preparation asks for.
   *
   * @param common size of all images; absent when they differ
   * @param sizes two that differ, for a message
   * @throws PermanentFailureException when it cannot be had
   */
  static Framing of(ShardPreparation preparation, @Nullable ImageSize common, String sizes) {
    ResizeSpec resize = preparation.resize();
    ImageSize resized;
    if (resize == null) {
      resized = unchanged(common, sizes);
    } else {
      Integer shorter = resize.shorterSide();
      resized =
          shorter == null
              ? new ImageSize(side(resize.height()), side(resize.width()))
              : new ImageSize(side(shorter), side(shorter));
    }
    Integer crop = preparation.centerCrop();
    if (crop == null) {
      return new Framing(resize, resized);
    }
    if (crop < 1 || crop > Math.min(resized.height(), resized.width())) {
      throw refused(
          "centerCrop is %d; the images are %s then: choose 1 to %d, or a greater resize.",
          crop, resized, Math.min(resized.height(), resized.width()));
    }
    return new Framing(resize, new ImageSize(crop, crop));
  }

  private static ImageSize unchanged(@Nullable ImageSize common, String sizes) {
    if (common == null) {
      throw refused("The images have different sizes (%s): set preparation.resize.", sizes);
    }
    if (common.height() > MAX_SIDE || common.width() > MAX_SIDE) {
      throw refused(
          "The images have %d x %d pixels: set preparation.resize to at most %d.",
          common.width(), common.height(), MAX_SIDE);
    }
    return common;
  }

  private static int side(@Nullable Integer side) {
    if (side == null || side < 1 || side > MAX_SIDE) {
      throw refused("resize is %d; allowed are 1 to %d pixels.", side, MAX_SIDE);
    }
    return side;
  }

  private static PermanentFailureException refused(String message, @Nullable Object... values) {
    return new PermanentFailureException(
        FailureCode.PREPARATION_INVALID, message.formatted(values));
  }

  /** The size that an image is resized to, before its centre is cut out. */
  ImageSize resized(ImageSize image) {
    if (resize == null) {
      return image;
    }
    return new ImageSize(
        resize.heightOf(image.height(), image.width()),
        resize.widthOf(image.height(), image.width()));
  }

  /** How much larger an image is than what it is resized to, side by side. */
  double shrinking(ImageSize image) {
    return image.shrinking(resized(image));
  }

  /**
   * The image at the stored size.
   *
   * @throws UnusableImageException when it is so long that it cannot be resized
   */
  Bitmap of(Bitmap image) throws UnusableImageException {
    try {
      return image.framed(resized(new ImageSize(image.height(), image.width())), stored);
    } catch (ImageFormatException e) {
      throw new UnusableImageException(String.valueOf(e.getMessage()), e);
    }
  }
}
