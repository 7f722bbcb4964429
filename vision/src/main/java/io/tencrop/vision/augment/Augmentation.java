package io.tencrop.vision.augment;

import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.ImageSize;
import io.tencrop.vision.data.RandomStream;

/** A random change of an image. */
public sealed interface Augmentation
    permits RandomCrop,
        RandomResizedCrop,
        HorizontalFlip,
        VerticalFlip,
        Rotation,
        ColorJitter,
        Grayscale,
        RandAugment,
        RandomErasing,
        Cutout {

  /**
   * The size of what it makes of an image.
   *
   * @throws IllegalArgumentException when it cannot take an image of this size
   */
  default ImageSize size(ImageSize input) {
    return input;
  }

  /** Changes the image, by choices drawn from {@code random}. */
  void apply(Canvas image, RandomStream random);

  /** Makes the image the canvas's, changed; the image itself stays as it is. */
  default void begin(Bitmap image, Canvas canvas, RandomStream random) {
    canvas.load(image);
    apply(canvas, random);
  }
}
