package io.tencrop.dataset.preparation;

import io.tencrop.contracts.spec.ShardAugmentSpec;
import io.tencrop.dataset.source.UnusableImageException;
import io.tencrop.vision.augment.Augmentation;
import io.tencrop.vision.augment.Augmenter;
import io.tencrop.vision.augment.ColorJitter;
import io.tencrop.vision.augment.Grayscale;
import io.tencrop.vision.augment.Interpolation;
import io.tencrop.vision.augment.RandAugment;
import io.tencrop.vision.augment.RandomResizedCrop;
import io.tencrop.vision.augment.Rotation;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.ImageSize;
import io.tencrop.vision.data.RandomStream.Purpose;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the augmented copies of training images. */
final class Variants {
  private final List<Augmentation> operations;
  private final Augmenter augmenter;
  private final Framing framing;

  /**
   * For images of one stored size.
   *
   * @throws IllegalArgumentException when a setting is wrong, or the operations do not leave images
   *     at that size
   */
  Variants(ShardAugmentSpec spec, Framing framing, int channels) {
    this.operations = spec.operations().stream().map(Variants::augmentation).toList();
    this.augmenter = new Augmenter(operations, channels, spec.seed(), Purpose.VARIANT);
    this.framing = framing;
    ImageSize stored = framing.stored();
    ImageSize augmented = Augmenter.size(operations, stored);
    if (!augmented.equals(stored)) {
      throw new IllegalArgumentException(
          "the operations make images of %s, stored are images of %s".formatted(augmented, stored));
    }
  }

  /**
   * The variant of an image of the source, of the stored size.
   *
   * @throws UnusableImageException when it cannot be resized
   */
  Bitmap of(Bitmap image, long id, int variant) throws UnusableImageException {
    Bitmap begin = beginning() == null ? framing.of(image) : image;
    return augmenter.apply(begin, id, variant);
  }

  /** How much larger an image is than what any variant needs, side by side. */
  double shrinking(ImageSize image) {
    RandomResizedCrop crop = beginning();
    return crop == null ? framing.shrinking(image) : crop.shrinking(image);
  }

  /** What takes its part of the source's image; absent when the image is resized first. */
  private @Nullable RandomResizedCrop beginning() {
    return !operations.isEmpty() && operations.get(0) instanceof RandomResizedCrop crop
        ? crop
        : null;
  }

  private static Augmentation augmentation(ShardAugmentSpec.Operation operation) {
    if (operation instanceof ShardAugmentSpec.RandomResizedCrop crop) {
      return new RandomResizedCrop(
          crop.size(),
          crop.scale().get(0),
          crop.scale().get(1),
          crop.ratio().get(0),
          crop.ratio().get(1));
    }
    if (operation instanceof ShardAugmentSpec.Rotation rotation) {
      return new Rotation(
          -rotation.degrees(),
          rotation.degrees(),
          interpolation(rotation.interpolation()),
          rotation.fill());
    }
    if (operation instanceof ShardAugmentSpec.ColorJitter jitter) {
      return new ColorJitter(
          jitter.brightness(), jitter.contrast(), jitter.saturation(), jitter.hue());
    }
    if (operation instanceof ShardAugmentSpec.Grayscale grayscale) {
      return new Grayscale(grayscale.p());
    }
    if (operation instanceof ShardAugmentSpec.RandAugment augment) {
      return new RandAugment(
          augment.numOps(),
          augment.magnitude(),
          augment.numMagnitudeBins(),
          augment.operations().stream()
              .map(known -> RandAugment.Operation.valueOf(known.name()))
              .toList(),
          interpolation(augment.interpolation()),
          augment.fill());
    }
    throw new IllegalArgumentException("no such operation: " + operation);
  }

  private static Interpolation interpolation(ShardAugmentSpec.Interpolation interpolation) {
    return switch (interpolation) {
      case NEAREST -> Interpolation.NEAREST;
      case BILINEAR -> Interpolation.BILINEAR;
    };
  }
}
