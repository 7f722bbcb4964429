package io.tencrop.vision.augment;

import io.tencrop.vision.data.RandomStream;

/**
 * {@code torchvision.transforms.RandomGrayscale}: colours become their luma (ITU-R 601); the number
 * of channels stays.
 *
 * @param p how likely
 */
public record Grayscale(double p) implements Augmentation {
  public Grayscale {
    Checks.probability("grayscale", p);
  }

  @Override
  public void apply(Canvas image, RandomStream random) {
    if (random.nextDouble() < p) {
      Colors.grayscale(image);
    }
  }
}
