package io.tencrop.standalone.command;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as people read them. */
final class Format {
  private Format() {}

  /** A share in [0, 1] as {@code 87.35 %}. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  /** {@code 87.35 ± 0.21 %}; without a deviation the mean alone. */
  static String percent(double mean, @Nullable Double deviation) {
    return deviation == null
        ? percent(mean)
        : String.format(Locale.ROOT, "%.2f ± %.2f %%", 100 * mean, 100 * deviation);
  }

  static String decimals(double value, int count) {
    return String.format(Locale.ROOT, "%." + count + "f", value);
  }

  /** {@code 12,345}. */
  static String whole(double value) {
    return String.format(Locale.ROOT, "%,d", Math.round(value));
  }

  /** {@code 1:02:03}, {@code 2:03}. */
  static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    return seconds >= 3600
        ? "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60)
        : "%d:%02d".formatted(seconds / 60, seconds % 60);
  }
}
