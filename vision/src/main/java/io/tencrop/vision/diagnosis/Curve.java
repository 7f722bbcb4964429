package io.tencrop.vision.diagnosis;

import java.util.List;
import java.util.OptionalInt;

/** The epochs of a run, in order. */
public record Curve(List<Epoch> epochs) {
  /** A loss that changes by a smaller share is taken to stay as it is. */
  private static final double NOTICEABLE = 0.05;

  /** A training loss that is lower by this share of guessing's has learnt something. */
  private static final double LEARNT = 0.01;

  /** A training loss that is higher by no more than this share of guessing's is guessing's. */
  private static final double NOISE = 0.02;

  /** Fewer epochs tell no course. */
  private static final int FEWEST = 3;

  public Curve {
    epochs = List.copyOf(epochs);
  }

  boolean isEmpty() {
    return epochs.isEmpty();
  }

  Epoch first() {
    return epochs.get(0);
  }

  Epoch last() {
    return epochs.get(epochs.size() - 1);
  }

  /** The epoch of this number; the last if there is none. */
  Epoch at(int number) {
    return epochs.stream().filter(epoch -> epoch.number() == number).findFirst().orElse(last());
  }

  /** The place of the epoch with the lowest validation loss, the earliest of equals. */
  int best() {
    int best = 0;
    for (int i = 1; i < epochs.size(); i++) {
      if (epochs.get(i).validationLoss() < epochs.get(best).validationLoss()) {
        best = i;
      }
    }
    return best;
  }

  /**
   * The epoch from which on the validation loss rises while the training loss falls: the one after
   * the lowest validation loss, when later epochs are worse by at least 5 % of it both on average
   * and in the end, and the training loss ends at least 5 % lower. Empty with fewer than 3 epochs.
   */
  public OptionalInt overfittingFrom() {
    int best = epochs.size() < FEWEST ? -1 : best();
    if (best < 0 || best == epochs.size() - 1) {
      return OptionalInt.empty();
    }
    Epoch lowest = epochs.get(best);
    double risen = (1 + NOTICEABLE) * lowest.validationLoss();
    double later =
        epochs.subList(best + 1, epochs.size()).stream()
            .mapToDouble(Epoch::validationLoss)
            .average()
            .orElse(Double.NaN);
    boolean overfits =
        later >= risen
            && last().validationLoss() >= risen
            && last().trainLoss() <= (1 - NOTICEABLE) * lowest.trainLoss();
    return overfits ? OptionalInt.of(epochs.get(best + 1).number()) : OptionalInt.empty();
  }

  /**
   * Whether the last of at least 3 epochs has the lowest validation loss, by 1 % of the one before.
   */
  boolean improvesToTheEnd() {
    return epochs.size() >= FEWEST
        && best() == epochs.size() - 1
        && last().validationLoss() <= 0.99 * epochs.get(epochs.size() - 2).validationLoss()
        && last().trainLoss() < epochs.get(epochs.size() - 2).trainLoss();
  }

  /**
   * Whether no training loss of at least two epochs leaves this one downwards, and the last
   * upwards.
   */
  boolean staysAt(double loss) {
    return epochs.size() >= 2
        && epochs.stream().allMatch(epoch -> epoch.trainLoss() >= (1 - LEARNT) * loss)
        && last().trainLoss() <= (1 + NOISE) * loss;
  }
}
