package io.tencrop.vision.augment;

import java.util.List;

/** What must hold of the settings of augmentations. */
final class Checks {
  private Checks() {}

  static void probability(String what, double p) {
    check(p >= 0 && p <= 1, "%s with p %s; must be in [0, 1]", what, p);
  }

  static void shares(String what, double min, double max) {
    check(
        min >= 0 && min <= max && max <= 1,
        "%s with scale [%s, %s]; must be ordered and in [0, 1]",
        what,
        min,
        max);
  }

  static void ratios(String what, double min, double max) {
    check(
        min > 0 && min <= max && max < Double.POSITIVE_INFINITY,
        "%s with ratio [%s, %s]; must be ordered and positive",
        what,
        min,
        max);
  }

  static List<Integer> levels(String what, List<Integer> fill) {
    check(
        !fill.isEmpty() && fill.stream().allMatch(level -> level >= 0 && level <= 255),
        "%s with fill %s; must be one grey level or one per channel, in [0, 255]",
        what,
        fill);
    return List.copyOf(fill);
  }

  static void level(String what, int fill) {
    check(fill >= 0 && fill <= 255, "%s with fill %s; must be in [0, 255]", what, fill);
  }

  static void check(boolean holds, String message, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(values));
    }
  }
}
