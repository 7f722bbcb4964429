package io.tencrop.gateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * From values to pixels.
 *
 * @param low value at {@code from}
 * @param high value at {@code to}, greater than {@code low}
 * @param logarithmic values are above 0, and each power of ten is as long
 */
record Scale(double low, double high, double from, double to, boolean logarithmic) {
  private static final int TICKS = 6;

  /** A mark on an axis. */
  record Tick(double at, String label) {}

  /** From the least to the greatest value, with room on both sides. */
  static Scale over(double least, double greatest, double from, double to) {
    double room = greatest > least ? 0.05 * (greatest - least) : Math.max(1e-3, 0.05 * least);
    return new Scale(least - room, greatest + room, from, to, false);
  }

  /** The same with powers of ten. */
  static Scale logarithmic(double least, double greatest, double from, double to) {
    return new Scale(least / 1.3, greatest * 1.3, from, to, true);
  }

  double at(double value) {
    double share =
        logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    return Math.rint(10 * (from + share * (to - from))) / 10;
  }

  List<Tick> ticks(DoubleFunction<String> label) {
    List<Tick> ticks = new ArrayList<>();
    for (double value : logarithmic ? powers() : steps()) {
      ticks.add(new Tick(at(value), label.apply(value)));
    }
    return ticks;
  }

  /** Multiples of 1, 2 or 5 times a power of ten. */
  private List<Double> steps() {
    double rough = (high - low) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step =
        power * (rough / power <= 1 ? 1 : rough / power <= 2 ? 2 : rough / power <= 5 ? 5 : 10);
    List<Double> values = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
      values.add(i * step);
    }
    return values;
  }

  /** 1, 2 and 5 times the powers of ten; over many powers these alone. */
  private List<Double> powers() {
    double[] factors = Math.log10(high / low) > 3 ? new double[] {1} : new double[] {1, 2, 5};
    List<Double> values = new ArrayList<>();
    for (int power = (int) Math.floor(Math.log10(low)); Math.pow(10, power) <= high; power++) {
      for (double factor : factors) {
        double value = factor * Math.pow(10, power);
        if (value >= low && value <= high) {
          values.add(value);
        }
      }
    }
    return values;
  }
}
