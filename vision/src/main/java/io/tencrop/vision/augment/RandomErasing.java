package io.tencrop.vision.augment;

import io.tencrop.vision.augment.RandomPart.Side;
import io.tencrop.vision.data.RandomStream;
import java.util.List;

/**
 * {@code torchvision.transforms.RandomErasing} (Zhong et al. 2020): a rectangle is painted over.
 * Torchvision does so after normalization; here a value of its normalized space is the grey level
 * next to it, so that its 0 is the mean colour to within half a grey level.
 *
 * @param p how likely
 * @param minScale the least share of the image's area
 * @param maxScale the greatest share of the image's area
 * @param minRatio the least height divided by width
 * @param maxRatio the greatest height divided by width
 * @param fill grey level, one or one per channel
 */
public record RandomErasing(
    double p,
    double minScale,
    double maxScale,
    double minRatio,
    double maxRatio,
    List<Integer> fill)
    implements Augmentation {
  public RandomErasing {
    Checks.probability("randomErasing", p);
    Checks.shares("randomErasing", minScale, maxScale);
    Checks.ratios("randomErasing", minRatio, maxRatio);
    fill = Checks.levels("randomErasing", fill);
  }

  @Override
  public void apply(Canvas image, RandomStream random) {
    if (random.nextDouble() < p) {
      Rectangle rectangle = draw(image.height(), image.width(), random);
      rectangle.fill(image, fill);
    }
  }

  /**
   * Torchvision's {@code get_params}; empty when no try fitted, then the image is left as it is.
   */
  Rectangle draw(int imageHeight, int imageWidth, RandomStream random) {
    return new RandomPart(minScale, maxScale, minRatio, maxRatio, Side.HEIGHT)
        .draw(
            imageHeight,
            imageWidth,
            random,
            (height, width) -> height < imageHeight && width < imageWidth)
        .orElse(new Rectangle(0, 0, 0, 0));
  }
}
