package io.tencrop.vision.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.vision.diagnosis.Finding.Kind;
import io.tencrop.vision.evaluation.LogitBank;
import io.tencrop.vision.evaluation.Predictions;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** 200 validation images, half of them cats, half dogs. */
class DiagnosisTest {
  private static final int IMAGES = 200;

  /** A steady course that says nothing. */
  private static final Curve STEADY = curve(0.6, 0.6, 0.5, 0.5, 0.5, 0.5);

  private static Curve curve(double... losses) {
    return CurveTest.curve(losses);
  }

  private static Curve withTrainAccuracy(double accuracy, Curve curve) {
    return new Curve(
        curve.epochs().stream()
            .map(
                epoch ->
                    new Epoch(
                        epoch.number(), epoch.trainLoss(), accuracy, epoch.validationLoss(), 0.5))
            .toList());
  }

  /** One logit; the probability of the right class by image. */
  private static LogitBank answers(IntToDoubleFunction probability) {
    int[] labels = IntStream.range(0, IMAGES).map(i -> i % 2).toArray();
    float[] logits = new float[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      double p = probability.applyAsDouble(i);
      logits[i] = (float) (Math.log(p / (1 - p)) * (labels[i] == 1 ? 1 : -1));
    }
    return new LogitBank(1, 1, logits, labels, IntStream.range(0, IMAGES).asLongStream().toArray());
  }

  /**
   * The first {@code right} images with one probability of their class, the others with another.
   */
  private static LogitBank answers(int right, double ofRight, double ofWrong) {
    return answers(i -> i < right ? ofRight : ofWrong);
  }

  private static Diagnosis diagnose(
      Curve curve,
      @Nullable LogitBank first,
      LogitBank answers,
      boolean straight,
      @Nullable GradientFlow gradients) {
    return Diagnosis.of(
        new RunFacts(
            straight,
            curve,
            curve.isEmpty() ? 1 : curve.last().number(),
            first == null ? null : Predictions.of(first),
            answers,
            List.of("cat", "dog"),
            gradients));
  }

  private static List<Kind> kinds(Diagnosis diagnosis) {
    return diagnosis.findings().stream().map(Finding::kind).toList();
  }

  @Test
  void aTrainingThatNeverStarted() {
    float[] constant = new float[IMAGES];
    Arrays.fill(constant, -0.004f);
    LogitBank same = answers(0, 0.5, 0.5);
    Diagnosis diagnosis =
        diagnose(
            curve(0.7, 0.694, 0.6935, 0.6931, 0.6932, 0.6931),
            null,
            new LogitBank(1, 1, constant, same.labels(), same.ids()),
            false,
            new GradientFlow(3, "features.0.weight", 2e-8, "classifier.6.weight", 2e-2));
    assertThat(diagnosis.verdict())
        .isEqualTo(
            new Finding(
                Kind.NEVER_STARTED,
                "The training never started: the loss stays at ln 2 = 0.693 (0.700 in epoch 1, 0.693 in epoch 3), every image is answered 'cat', and beside its weights the gradient of the first layer (features.0.weight) is 1e-06 of that of the last (classifier.6.weight) in epoch 3."));
    assertThat(diagnosis.findings()).hasSize(1);
  }

  @Test
  void aLossThatLeavesGuessingIsAStart() {
    LogitBank learnt = answers(150, 0.7, 0.4);
    assertThat(
            kinds(diagnose(curve(0.693, 0.693, 0.62, 0.6, 0.6, 0.59), null, learnt, false, null)))
        .doesNotContain(Kind.NEVER_STARTED);
  }

  @Test
  void theSameAnswerForAll() {
    Diagnosis diagnosis = diagnose(STEADY, null, answers(i -> i % 2 == 0 ? 0.9 : 0.1), false, null);
    assertThat(diagnosis.verdict().kind()).isEqualTo(Kind.COLLAPSED);
    assertThat(diagnosis.verdict().sentence())
        .startsWith("Every image gets the same answer, 'cat': 50.0 % of the validation images");
  }

  /** What the course asks of its shallow network: why does the loss fall and the accuracy not? */
  @Test
  void theLossFallsBecauseRightImagesBecomeSurer() {
    Diagnosis diagnosis =
        diagnose(
            curve(0.70, 0.70, 0.68, 0.67, 0.66, 0.61),
            answers(104, 0.52, 0.49),
            answers(104, 0.60, 0.49),
            false,
            null);
    assertThat(diagnosis.verdict())
        .isEqualTo(
            new Finding(
                Kind.LOSS_FALLS_ALONE,
                "The loss falls (0.682 to 0.608) and the accuracy does not rise (52.0 % to 52.0 %), because already-right images become surer (100.0 % of the fall); no image changes side."));
    assertThat(kinds(diagnosis)).contains(Kind.CLASSES_INTERMIXED);
  }

  @Test
  void theLossFallsBecauseWrongImagesMoveWithoutCrossing() {
    Diagnosis diagnosis =
        diagnose(
            STEADY,
            answers(i -> i < 104 ? 0.55 : 0.30),
            answers(i -> i < 102 || i > 197 ? 0.56 : 0.45),
            false,
            null);
    assertThat(diagnosis.verdict().kind()).isEqualTo(Kind.LOSS_FALLS_ALONE);
    assertThat(diagnosis.verdict().sentence())
        .contains("wrong images move toward the right side without crossing")
        .contains("2 images turn right and 2 turn wrong");
  }

  @Test
  void whereTheAccuracyRisesWithItTheLossDoesNotFallAlone() {
    assertThat(kinds(diagnose(STEADY, answers(110, 0.6, 0.4), answers(160, 0.8, 0.4), false, null)))
        .doesNotContain(Kind.LOSS_FALLS_ALONE);
  }

  /** What the course's logistic regression does on cats and dogs. */
  @Test
  void aStraightLineMemorizes() {
    Diagnosis diagnosis =
        diagnose(
            withTrainAccuracy(0.95, curve(2.5, 3, 0.9, 3.1, 0.2, 3.2)),
            answers(105, 0.97, 0.01),
            answers(104, 0.98, 0.001),
            true,
            null);
    assertThat(diagnosis.verdict())
        .isEqualTo(
            new Finding(
                Kind.MEMORIZES,
                "The network is a straight line in pixels: it memorizes the training images, of which 95.0 % are right (loss 2.500 in epoch 1, 0.200 in epoch 3); on validation it is at chance: 52.0 % right, where always answering 'cat' gives 50.0 %."));
    assertThat(kinds(diagnosis)).containsSubsequence(Kind.MEMORIZES, Kind.CONFIDENTLY_WRONG);
  }

  @Test
  void overfitting() {
    Diagnosis diagnosis =
        diagnose(
            curve(0.6, 0.55, 0.5, 0.5, 0.3, 0.6, 0.1, 0.7),
            null,
            answers(150, 0.8, 0.3),
            false,
            null);
    assertThat(diagnosis.verdict())
        .isEqualTo(
            new Finding(
                Kind.OVERFITS,
                "Overfitting from epoch 3: validation loss rises from 0.500 to 0.700 while training loss falls from 0.500 to 0.100."));
    assertThat(diagnosis.overfittingFrom()).isEqualTo(3);
  }

  @Test
  void tooSureWhereItIsWrong() {
    Diagnosis diagnosis = diagnose(STEADY, null, answers(150, 0.9999, 0.0001), false, null);
    assertThat(diagnosis.verdict().kind()).isEqualTo(Kind.CONFIDENTLY_WRONG);
    // 150 of 200 right at equal sureness: the best temperature makes it 3 : 1.
    assertThat(diagnosis.temperature())
        .isCloseTo(Math.log(9999) / Math.log(3), org.assertj.core.data.Offset.offset(1e-3));
    assertThat(diagnosis.verdict().sentence())
        .isEqualTo(
            "It is too sure where it is wrong: the validation loss is 2.303, and the same answers with their logits divided by 8.38 cost 0.562.");
  }

  @Test
  void nothingThatGoesBeyondGuessing() {
    Diagnosis diagnosis =
        diagnose(
            withTrainAccuracy(0.54, curve(0.70, 0.70, 0.69, 0.70, 0.68, 0.72)),
            null,
            answers(104, 0.53, 0.46),
            false,
            null);
    assertThat(diagnosis.verdict())
        .isEqualTo(
            new Finding(
                Kind.CLASSES_INTERMIXED,
                "The training loss falls (0.700 to 0.680), yet the classes stay intermixed: 52.0 % of the validation images are right and 54.0 % of the training images, where always answering 'cat' gives 50.0 %; 100.0 % of them lie near the threshold."));
  }

  @Test
  void aGradientThatVanishes() {
    Diagnosis diagnosis =
        diagnose(
            STEADY,
            null,
            answers(150, 0.8, 0.3),
            false,
            new GradientFlow(3, "conv1.weight", 0, "fc.weight", 0.1));
    assertThat(diagnosis.verdict())
        .isEqualTo(
            new Finding(
                Kind.VANISHING_GRADIENT,
                "Hardly any gradient reaches the first layers: beside its weights the gradient of the first layer (conv1.weight) is 0 of that of the last (fc.weight) in epoch 3."));
  }

  @Test
  void fewImagesCarryTheLoss() {
    Diagnosis diagnosis = diagnose(STEADY, null, answers(198, 0.97, 0.003), false, null);
    assertThat(diagnosis.verdict())
        .isEqualTo(
            new Finding(
                Kind.FEW_IMAGES_CARRY_THE_LOSS,
                "A few images carry the loss: the worst 1 % (2) hold 65.8 % of it."));
  }

  @Test
  void stillImproving() {
    Diagnosis diagnosis =
        diagnose(curve(0.7, 0.7, 0.6, 0.6, 0.5, 0.52), null, answers(150, 0.8, 0.3), false, null);
    assertThat(diagnosis.verdict())
        .isEqualTo(
            new Finding(
                Kind.STILL_IMPROVING,
                "It was still improving when the training ended: validation loss 0.600 in epoch 2, 0.520 in epoch 3."));
  }

  @Test
  void nothingOutOfTheOrdinary() {
    Diagnosis diagnosis = diagnose(STEADY, null, answers(150, 0.8, 0.3), false, null);
    assertThat(diagnosis.verdict())
        .isEqualTo(
            new Finding(
                Kind.LEARNS,
                "It learns, and nothing is out of the ordinary: 75.0 % of the validation images are right, at a loss of 0.468 (guessing costs 0.693)."));
  }

  @Test
  void withoutACurveTheLogitsStillSpeak() {
    assertThat(diagnose(new Curve(List.of()), null, answers(104, 0.53, 0.46), true, null).verdict())
        .isEqualTo(
            new Finding(
                Kind.CLASSES_INTERMIXED,
                "The classes stay intermixed: 52.0 % of the validation images are right, where always answering 'cat' gives 50.0 %; 100.0 % of them lie near the threshold."));
  }
}
