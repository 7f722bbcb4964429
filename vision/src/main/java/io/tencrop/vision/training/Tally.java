package io.tencrop.vision.training;

import java.util.Map;

/** A running mean of loss and accuracy. */
final class Tally {
  private double loss;
  private double right;
  private long images;

  void add(double meanLoss, double right, int images) {
    this.loss += meanLoss * images;
    this.right += right;
    this.images += images;
  }

  void clear() {
    loss = 0;
    right = 0;
    images = 0;
  }

  double meanLoss() {
    return loss / images;
  }

  double accuracy() {
    return right / images;
  }

  /** Puts the state under keys that begin with {@code prefix}. */
  void save(String prefix, Map<String, String> state) {
    state.put(prefix + ".loss", Double.toString(loss));
    state.put(prefix + ".right", Double.toString(right));
    state.put(prefix + ".images", Long.toString(images));
  }

  /** What {@link #save} put there. */
  static Tally restore(String prefix, Map<String, String> state) {
    Tally tally = new Tally();
    tally.loss = Double.parseDouble(state.getOrDefault(prefix + ".loss", "0"));
    tally.right = Double.parseDouble(state.getOrDefault(prefix + ".right", "0"));
    tally.images = Long.parseLong(state.getOrDefault(prefix + ".images", "0"));
    return tally;
  }
}
