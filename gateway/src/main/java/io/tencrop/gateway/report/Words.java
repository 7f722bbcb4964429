package io.tencrop.gateway.report;

import io.tencrop.contracts.api.BudgetView.Entry;
import io.tencrop.contracts.api.Cost;
import io.tencrop.contracts.api.Measures.Interval;
import io.tencrop.contracts.spec.ViewSpec;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Choices as sentences, and numbers as people read them. */
final class Words {
  private static final double MEGA = 1e6;

  private Words() {}

  static String enter(Entry entry) {
    return "Enter %s: the most accurate on validation, %s. %s It takes %s."
        .formatted(
            name(entry.cost()),
            percent(entry.validationAccuracy()),
            test(entry),
            costs(entry.cost()));
  }

  /**
   * @param insteadOf what it cannot be told apart from; absent: it is the most accurate within the
   *     limits
   * @param entered absent: it is entered too
   * @param limited whether there are limits
   */
  static String ship(
      Entry entry, @Nullable Entry insteadOf, @Nullable Entry entered, boolean limited) {
    String within = limited ? " within the limits" : "";
    String why =
        insteadOf == null
            ? "the most accurate on validation%s, %s"
                .formatted(within, percent(entry.validationAccuracy()))
            : "the cheapest%s that validation cannot tell from %s, %s against %s"
                .formatted(
                    within,
                    name(insteadOf.cost()),
                    percent(entry.validationAccuracy()),
                    percent(insteadOf.validationAccuracy()));
    return "Ship %s: %s. %s It takes %s%s."
        .formatted(
            name(entry.cost()),
            why,
            test(entry),
            costs(entry.cost()),
            entered == null ? "" : less(entry, entered));
  }

  private static String less(Entry entry, Entry entered) {
    double points = 100 * (entered.accuracy() - entry.accuracy());
    return ", %s of the time of what to enter, and is %s on test"
        .formatted(
            String.format(
                Locale.ROOT,
                "%.3g %%",
                100 * entry.cost().latency().p50Ms() / entered.cost().latency().p50Ms()),
            points == 0
                ? "as accurate"
                : String.format(
                    Locale.ROOT,
                    "%.2f points %s accurate",
                    Math.abs(points),
                    points > 0 ? "less" : "more"));
  }

  private static String test(Entry entry) {
    Interval interval = entry.accuracyInterval();
    Double gap = entry.gap();
    return "On test it reaches %s%s%s."
        .formatted(
            percent(entry.accuracy()),
            interval == null
                ? ""
                : " (95 %% interval %s to %s)"
                    .formatted(percent(interval.low()), percent(interval.high())),
            gap == null
                ? ""
                : String.format(
                    Locale.ROOT,
                    ", %.2f points %s than on validation",
                    Math.abs(100 * gap),
                    gap > 0 ? "less" : "more"));
  }

  private static String costs(Cost cost) {
    return "%s for an image, %s of memory and %s of weights"
        .formatted(
            milliseconds(cost.latency().p50Ms()),
            megabytes(cost.memoryBytes()),
            megabytes(cost.bytes()));
  }

  /** Such as {@code 'mean of all' in the view tenCrop}. */
  static String name(Cost cost) {
    String name = cost.ensemble() ? "the ensemble '" + cost.name() + "'" : cost.name();
    return cost.view().equals(ViewSpec.CENTER)
        ? name
        : name + " in the view " + cost.view().label();
  }

  static String percent(@Nullable Double share) {
    return share == null ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  /** {@code 12,345}. */
  static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Without decimals that say nothing: {@code 85 %}, {@code 85.5 %}. */
  static String shortPercent(double share) {
    double percent = Math.rint(10000 * share) / 100;
    return (percent == Math.rint(percent)
            ? String.format(Locale.ROOT, "%.0f", percent)
            : String.format(Locale.ROOT, "%.1f", percent))
        + " %";
  }

  /** Validation less test, in points. */
  static String gap(@Nullable Double validation, double test) {
    return validation == null
        ? "-"
        : String.format(Locale.ROOT, "%+.2f", 100 * (validation - test));
  }

  static String milliseconds(double milliseconds) {
    return number(milliseconds) + " ms";
  }

  static String megabytes(double bytes) {
    return number(bytes / MEGA) + " MB";
  }

  /** A round number without zeros at its end. */
  static String tick(double value) {
    BigDecimal rounded = new BigDecimal(value, new MathContext(4)).stripTrailingZeros();
    return rounded.abs().compareTo(BigDecimal.valueOf(10_000)) >= 0
        ? String.format(Locale.ROOT, "%,.0f", value)
        : rounded.toPlainString();
  }

  /** Three significant digits, and all digits of the whole part. */
  static String number(double value) {
    if (value == 0 || Math.abs(value) >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    int digits = Math.min(6, Math.max(0, 2 - (int) Math.floor(Math.log10(Math.abs(value)))));
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
