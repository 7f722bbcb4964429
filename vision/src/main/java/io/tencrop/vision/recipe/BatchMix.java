package io.tencrop.vision.recipe;

import io.tencrop.vision.data.RandomStream;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * Each image of a batch is mixed with the one before it, the first with the last, and so is what it
 * is trained for: {@code lambda * loss(image's label) + (1 - lambda) * loss(other's label)}, which
 * is the cross-entropy with mixed labels. {@code lambda} is drawn once per batch from {@code
 * Beta(alpha, alpha)}.
 */
public sealed interface BatchMix {
  /** Of both shapes of the distribution, above 0. */
  double alpha();

  /** How a batch of images of that size is mixed. */
  Mixture draw(RandomStream random, int height, int width);

  /**
   * {@code torchvision.transforms.v2.MixUp} (Zhang et al. 2018): {@code lambda * image + (1 -
   * lambda) * other}.
   */
  record MixUp(double alpha) implements BatchMix {
    public MixUp {
      check(alpha);
    }

    @Override
    public Mixture draw(RandomStream random, int height, int width) {
      return Mixture.blend(lambda(random, alpha));
    }
  }

  /**
   * {@code torchvision.transforms.v2.CutMix} (Yun et al. 2019): a rectangle of the image with the
   * sides {@code sqrt(1 - lambda)} times the image's, cut off at its edges, is the other's; {@code
   * lambda} then becomes the share that is left.
   */
  record CutMix(double alpha) implements BatchMix {
    public CutMix {
      check(alpha);
    }

    @Override
    public Mixture draw(RandomStream random, int height, int width) {
      double half = 0.5 * Math.sqrt(1 - lambda(random, alpha));
      int x = random.nextInt(width);
      int y = random.nextInt(height);
      int halfWidth = (int) (half * width);
      int halfHeight = (int) (half * height);
      return Mixture.patch(
          Math.max(0, y - halfHeight),
          Math.max(0, x - halfWidth),
          Math.min(height, y + halfHeight),
          Math.min(width, x + halfWidth),
          height * width);
    }
  }

  /**
   * How one batch is mixed.
   *
   * @param lambda share of an image's own label
   * @param blended share of an image's own pixels outside the rectangle
   * @param top of the rectangle of the other image, like the following in pixels; {@code bottom}
   *     and {@code right} are outside of it
   */
  record Mixture(double lambda, double blended, int top, int left, int bottom, int right) {
    private static Mixture blend(double lambda) {
      return new Mixture(lambda, lambda, 0, 0, 0, 0);
    }

    private static Mixture patch(int top, int left, int bottom, int right, int area) {
      double lambda = 1 - (double) (bottom - top) * (right - left) / area;
      return new Mixture(lambda, 1, top, left, bottom, right);
    }
  }

  private static double lambda(RandomStream random, double alpha) {
    return BetaDistribution.of(alpha, alpha).inverseCumulativeProbability(random.nextDouble());
  }

  private static void check(double alpha) {
    if (!(alpha > 0 && alpha <= 100)) {
      throw new IllegalArgumentException("alpha is %s; it must be in (0, 100]".formatted(alpha));
    }
  }
}
