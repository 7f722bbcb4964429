package io.tencrop.vision.diagnosis;

import static io.tencrop.vision.diagnosis.Words.nats;
import static io.tencrop.vision.diagnosis.Words.ofGuessing;
import static io.tencrop.vision.diagnosis.Words.percent;
import static io.tencrop.vision.diagnosis.Words.ratio;
import static io.tencrop.vision.diagnosis.Words.text;

import io.tencrop.vision.diagnosis.Finding.Kind;
import io.tencrop.vision.evaluation.LossChange;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows from the evidence, in words. The rules are asked in the order of {@link Kind}; the
 * first that holds is the verdict.
 */
final class Rules {
  private final Evidence evidence;
  private final Diagnosis measured;
  private final List<Finding> findings = new ArrayList<>();

  Rules(Evidence evidence) {
    this.evidence = evidence;
    this.measured = evidence.measured();
  }

  /** What holds, the most serious first; never empty. */
  List<Finding> findings() {
    if (evidence.neverStarted()) {
      add(Kind.NEVER_STARTED, neverStarted());
      return findings;
    }
    if (evidence.collapsedTo() >= 0) {
      add(Kind.COLLAPSED, collapsed());
    }
    LossChange alone = evidence.fallOfLossAlone();
    if (alone != null) {
      add(Kind.LOSS_FALLS_ALONE, lossFallsAlone(alone));
    }
    if (evidence.atChance() && evidence.trainingImagesAreLearnt()) {
      add(Kind.MEMORIZES, memorizes());
    }
    Integer from = measured.overfittingFrom();
    if (from != null) {
      add(Kind.OVERFITS, overfits(from));
    }
    if (evidence.isTooSure()) {
      add(Kind.CONFIDENTLY_WRONG, confidentlyWrong());
    }
    if (evidence.atChance() && !evidence.trainingImagesAreLearnt()) {
      add(Kind.CLASSES_INTERMIXED, intermixed());
    }
    GradientFlow vanishing = evidence.vanishing();
    if (vanishing != null) {
      add(
          Kind.VANISHING_GRADIENT,
          "Hardly any gradient reaches the first layers: " + flow(vanishing) + ".");
    }
    if (evidence.fewImagesCarryTheLoss()) {
      add(Kind.FEW_IMAGES_CARRY_THE_LOSS, fewImages());
    }
    if (evidence.improvesToTheEnd()) {
      add(Kind.STILL_IMPROVING, stillImproving());
    }
    if (findings.isEmpty()) {
      add(Kind.LEARNS, learns());
    }
    return findings;
  }

  private void add(Kind kind, String sentence) {
    findings.add(new Finding(kind, sentence));
  }

  private String neverStarted() {
    Curve curve = evidence.curve();
    StringBuilder sentence =
        new StringBuilder(
            text(
                "The training never started: the loss stays at %s (%s in epoch %d, %s in epoch %d)",
                ofGuessing(measured.guessing().loss()),
                nats(curve.first().trainLoss()),
                curve.first().number(),
                nats(curve.last().trainLoss()),
                curve.last().number()));
    int to = evidence.collapsedTo();
    if (to >= 0) {
      sentence.append(text(", every image is answered '%s'", name(to)));
    }
    GradientFlow vanishing = evidence.vanishing();
    if (vanishing != null) {
      sentence.append(", and ").append(flow(vanishing));
    }
    return sentence.append('.').toString();
  }

  private static String flow(GradientFlow flow) {
    if (flow.last() == 0) {
      return text(
          "no gradient comes from the last layer (%s) in epoch %d",
          flow.lastParameter(), flow.epoch());
    }
    return text(
        "beside its weights the gradient of the first layer (%s) is %s of that of the last (%s) in epoch %d",
        flow.firstParameter(),
        ratio(flow.first() / flow.last()),
        flow.lastParameter(),
        flow.epoch());
  }

  private String collapsed() {
    return text(
        "Every image gets the same answer, '%s': %s of the validation images are right, at a loss of %s (guessing costs %s).",
        name(evidence.collapsedTo()),
        percent(measured.measures().accuracy()),
        nats(measured.measures().loss()),
        nats(measured.guessing().loss()));
  }

  private String memorizes() {
    Epoch present = evidence.present();
    return text(
        "%s memorizes the training images, of which %s are right (loss %s in epoch %d, %s in epoch %d); on validation it is at chance: %s right, where always answering '%s' gives %s.",
        evidence.facts().straight()
            ? "The network is a straight line in pixels: it"
            : "The network",
        percent(present.trainAccuracy()),
        nats(evidence.curve().first().trainLoss()),
        evidence.curve().first().number(),
        nats(present.trainLoss()),
        present.number(),
        percent(measured.measures().accuracy()),
        name(measured.guessing().mostFrequent()),
        percent(measured.guessing().accuracy()));
  }

  private String overfits(int from) {
    Curve curve = evidence.curve();
    Epoch lowest = curve.epochs().get(curve.best());
    return text(
        "Overfitting from epoch %d: validation loss rises from %s to %s while training loss falls from %s to %s.",
        from,
        nats(lowest.validationLoss()),
        nats(curve.last().validationLoss()),
        nats(lowest.trainLoss()),
        nats(curve.last().trainLoss()));
  }

  private String confidentlyWrong() {
    return text(
        "It is too sure where it is wrong: %s%s.",
        text(
            "the validation loss is %s, and the same answers with their logits divided by %.3g cost %s",
            nats(measured.measures().loss()),
            measured.temperature(),
            nats(measured.lossAtTemperature())),
        evidence.knowsNothing() ? ", which is no better than guessing" : "");
  }

  private String lossFallsAlone(LossChange change) {
    int turned = change.turnsRight().images() + change.turnsWrong().images();
    return text(
        "The loss falls (%s to %s) and the accuracy does not rise (%s to %s), because %s; %s.",
        nats(change.before()),
        nats(change.after()),
        percent(change.accuracyBefore()),
        percent(change.accuracyAfter()),
        Words.mover(change),
        turned == 0
            ? "no image changes side"
            : text(
                "%d images turn right and %d turn wrong, %s lie near the threshold",
                change.turnsRight().images(),
                change.turnsWrong().images(),
                percent(measured.margins().near())));
  }

  private String intermixed() {
    return text(
        "%s: %s of the validation images are right%s, where always answering '%s' gives %s; %s of them lie near the threshold.",
        evidence.trainingLossFalls()
            ? text(
                "The training loss falls (%s to %s), yet the classes stay intermixed",
                nats(evidence.curve().first().trainLoss()), nats(evidence.present().trainLoss()))
            : "The classes stay intermixed",
        percent(measured.measures().accuracy()),
        evidence.curve().isEmpty()
            ? ""
            : text(" and %s of the training images", percent(evidence.present().trainAccuracy())),
        name(measured.guessing().mostFrequent()),
        percent(measured.guessing().accuracy()),
        percent(measured.margins().near()));
  }

  private String fewImages() {
    return text(
        "A few images carry the loss: the worst 1 %% (%d) hold %s of it.",
        measured.worst().images(), percent(measured.worst().share()));
  }

  private String stillImproving() {
    List<Epoch> epochs = evidence.curve().epochs();
    Epoch before = epochs.get(epochs.size() - 2);
    Epoch last = epochs.get(epochs.size() - 1);
    return text(
        "It was still improving when the training ended: validation loss %s in epoch %d, %s in epoch %d.",
        nats(before.validationLoss()), before.number(), nats(last.validationLoss()), last.number());
  }

  private String learns() {
    return text(
        "It learns, and nothing is out of the ordinary: %s of the validation images are right, at a loss of %s (guessing costs %s).",
        percent(measured.measures().accuracy()),
        nats(measured.measures().loss()),
        nats(measured.guessing().loss()));
  }

  private String name(int label) {
    List<String> names = evidence.facts().classNames();
    return label < names.size() ? names.get(label) : Integer.toString(label);
  }
}
