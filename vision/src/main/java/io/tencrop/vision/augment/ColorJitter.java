package io.tencrop.vision.augment;

import io.tencrop.vision.data.RandomStream;
import java.util.List;

/**
 * {@code torchvision.transforms.ColorJitter}: brightness, contrast, saturation and hue, in random
 * order, each by a factor drawn uniformly.
 *
 * @param brightness factors are in [max(0, 1 - brightness), 1 + brightness]; 0 leaves it alone
 * @param contrast likewise
 * @param saturation likewise
 * @param hue shifts are in [-hue, hue], of which 1 is the whole circle; at most 0.5
 */
public record ColorJitter(double brightness, double contrast, double saturation, double hue)
    implements Augmentation {
  public ColorJitter {
    Checks.check(
        brightness >= 0 && contrast >= 0 && saturation >= 0 && hue >= 0 && hue <= 0.5,
        "colorJitter with brightness %s, contrast %s, saturation %s, hue %s; "
            + "none may be negative, hue at most 0.5",
        brightness,
        contrast,
        saturation,
        hue);
  }

  /** One of the four, with what was drawn for it. */
  record Adjustment(Kind kind, double value) {
    void apply(Canvas image) {
      switch (kind) {
        case BRIGHTNESS -> Colors.brightness(image, value);
        case CONTRAST -> Colors.contrast(image, value);
        case SATURATION -> Colors.saturation(image, value);
        case HUE -> Colors.hue(image, value);
      }
    }
  }

  enum Kind {
    BRIGHTNESS,
    CONTRAST,
    SATURATION,
    HUE
  }

  @Override
  public void apply(Canvas image, RandomStream random) {
    draw(random).forEach(adjustment -> adjustment.apply(image));
  }

  /** Torchvision's {@code get_params}, in the order of application. */
  List<Adjustment> draw(RandomStream random) {
    List<Adjustment> adjustments =
        List.of(
            new Adjustment(Kind.BRIGHTNESS, factor(brightness, random)),
            new Adjustment(Kind.CONTRAST, factor(contrast, random)),
            new Adjustment(Kind.SATURATION, factor(saturation, random)),
            new Adjustment(Kind.HUE, random.nextDouble(-hue, hue)));
    return random.permutation(adjustments.size()).stream()
        .map(adjustments::get)
        .filter(this::isOn)
        .toList();
  }

  private static double factor(double range, RandomStream random) {
    return random.nextDouble(Math.max(0, 1 - range), 1 + range);
  }

  private boolean isOn(Adjustment adjustment) {
    double range =
        switch (adjustment.kind()) {
          case BRIGHTNESS -> brightness;
          case CONTRAST -> contrast;
          case SATURATION -> saturation;
          case HUE -> hue;
        };
    return range > 0;
  }
}
