package io.tencrop.vision.diagnosis;

import io.tencrop.vision.evaluation.Interval;
import io.tencrop.vision.evaluation.LossChange;
import io.tencrop.vision.evaluation.Predictions;
import org.jspecify.annotations.Nullable;

/** What the rules ask, each a threshold on what was measured. */
final class Evidence {
  /** A loss within this share of guessing's is guessing's. */
  private static final double AT_GUESSING = 0.02;

  /** Training accuracy is clearly above another one when it is higher by this. */
  private static final double CLEARLY = 0.1;

  /** Of the answers that must be one class for them to have collapsed. */
  private static final double NEARLY_ALL = 0.99;

  /** Of the loss that the best temperature must take away for sureness to be the trouble. */
  private static final double MUCH_OF_THE_LOSS = 0.2;

  /** A fall of the loss below this share of it is not worth a sentence. */
  private static final double WORTH_TELLING = 0.005;

  private static final double MOST_OF_THE_LOSS = 0.5;

  /** With fewer images one per cent is less than an image. */
  private static final int FEWEST_IMAGES = 100;

  private final RunFacts facts;
  private final Predictions answers;
  private final Diagnosis measured;

  Evidence(RunFacts facts, Predictions answers, Diagnosis measured) {
    this.facts = facts;
    this.answers = answers;
    this.measured = measured;
  }

  RunFacts facts() {
    return facts;
  }

  Diagnosis measured() {
    return measured;
  }

  Curve curve() {
    return facts.curve();
  }

  /** The epoch of the checkpoint that stands for the run. */
  Epoch present() {
    return curve().at(facts.epoch());
  }

  /**
   * The training loss never leaves what guessing costs, nor does the validation loss in the end.
   */
  boolean neverStarted() {
    double guessing = measured.guessing().loss();
    return curve().staysAt(guessing)
        && Math.abs(measured.measures().loss() - guessing) <= AT_GUESSING * guessing;
  }

  /** The class that nearly all images are said to be, though they are not; -1: there is none. */
  int collapsedTo() {
    int[] counts = new int[answers.classes()];
    for (int i = 0; i < answers.images(); i++) {
      counts[answers.predicted(i)]++;
    }
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] >= NEARLY_ALL * answers.images()
          && measured.measures().accuracy() < NEARLY_ALL - CLEARLY) {
        return c;
      }
    }
    return -1;
  }

  /** Validation accuracy is not above that of always answering the most frequent class. */
  boolean atChance() {
    return Interval.ofAccuracy(answers).low() <= measured.guessing().accuracy();
  }

  /** Training images are told apart clearly better than by guessing, and than validation images. */
  boolean trainingImagesAreLearnt() {
    return !curve().isEmpty()
        && present().trainAccuracy() >= measured.guessing().accuracy() + CLEARLY
        && present().trainAccuracy() >= measured.measures().accuracy() + CLEARLY;
  }

  boolean isTooSure() {
    return measured.temperature() > 1
        && measured.measures().loss() - measured.lossAtTemperature()
            >= MUCH_OF_THE_LOSS * measured.measures().loss();
  }

  /** The loss at the best temperature is what guessing costs. */
  boolean knowsNothing() {
    return measured.lossAtTemperature() >= (1 - AT_GUESSING) * measured.guessing().loss();
  }

  boolean trainingLossFalls() {
    return !curve().isEmpty()
        && present().trainLoss() <= (1 - WORTH_TELLING) * curve().first().trainLoss();
  }

  /**
   * The change of the loss, where it falls and the accuracy does not rise; otherwise absent. Of a
   * network that is too sure there is more to say than that its loss got lower.
   */
  @Nullable LossChange fallOfLossAlone() {
    LossChange change = measured.change();
    return change != null
            && !isTooSure()
            && change.falls()
            && change.fall() >= WORTH_TELLING * change.before()
            && !(change.accuracyChanges() && change.accuracyAfter() > change.accuracyBefore())
        ? change
        : null;
  }

  boolean fewImagesCarryTheLoss() {
    return answers.images() >= FEWEST_IMAGES && measured.worst().share() >= MOST_OF_THE_LOSS;
  }

  /** The gradients, where hardly anything of them reaches the first layer; otherwise absent. */
  @Nullable GradientFlow vanishing() {
    GradientFlow flow = measured.gradients();
    return flow != null && flow.vanishes() ? flow : null;
  }

  /** The last epoch is the checkpoint's, and is better than all before. */
  boolean improvesToTheEnd() {
    return curve().improvesToTheEnd() && facts.epoch() == curve().last().number();
  }
}
