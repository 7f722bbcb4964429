package io.tencrop.vision.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The images that cost a model or an ensemble most. */
public final class HardestImages {
  /** The share of the images that {@link #worst} looks at. */
  public static final double WORST = 0.01;

  private HardestImages() {}

  /**
   * The images with the highest loss.
   *
   * @param images how many: one per cent of all, rounded, and at least one
   * @param share of the total loss that they hold, in [0, 1]; 0 when nothing is lost at all
   */
  public record Worst(int images, double share) {}

  /**
   * How much of the loss the worst one per cent of the images holds.
   *
   * @throws IllegalArgumentException when there are no images
   */
  public static Worst worst(Predictions predictions) {
    int images = predictions.images();
    if (images == 0) {
      throw new IllegalArgumentException("there are no images to lose on");
    }
    int count = Math.max(1, (int) Math.round(WORST * images));
    double[] losses =
        IntStream.range(0, images).mapToDouble(i -> loss(predictions, i)).sorted().toArray();
    double total = 0;
    double held = 0;
    for (int i = 0; i < images; i++) {
      total += losses[i];
      held += i >= images - count ? losses[i] : 0;
    }
    return new Worst(count, total == 0 ? 0 : held / total);
  }

  /**
   * The images that are answered wrong, the highest loss first, of equals the earlier.
   *
   * @param most that are told
   * @return their places, for {@link Predictions#id} and the like
   */
  public static List<Integer> mostWrong(Predictions predictions, int most) {
    return IntStream.range(0, predictions.images())
        .filter(i -> predictions.predicted(i) != predictions.label(i))
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -loss(predictions, i)))
        .limit(most)
        .toList();
  }

  /**
   * Negative logarithm of the right class's probability for image {@code i}, as in {@link
   * Measures}.
   */
  public static double loss(Predictions predictions, int i) {
    return Measures.negativeLog(predictions.probability(i, predictions.label(i)));
  }
}
