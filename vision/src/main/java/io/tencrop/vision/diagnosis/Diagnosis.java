package io.tencrop.vision.diagnosis;

import io.tencrop.vision.evaluation.Guessing;
import io.tencrop.vision.evaluation.HardestImages;
import io.tencrop.vision.evaluation.HardestImages.Worst;
import io.tencrop.vision.evaluation.LossChange;
import io.tencrop.vision.evaluation.Margins;
import io.tencrop.vision.evaluation.Measures;
import io.tencrop.vision.evaluation.Predictions;
import io.tencrop.vision.evaluation.Temperature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a run's loss and accuracy came out as they did.
 *
 * @param findings what holds, the most serious first; never empty
 * @param change from the earliest checkpoint; absent when there is only one
 * @param marginsBefore at the earliest checkpoint; absent when there is only one
 * @param temperature that fits these images best
 * @param lossAtTemperature with the logits divided by it
 * @param overfittingFrom the epoch from which on validation loss rises while training loss falls
 */
public record Diagnosis(
    List<Finding> findings,
    Measures measures,
    Guessing guessing,
    @Nullable LossChange change,
    @Nullable Margins marginsBefore,
    Margins margins,
    Worst worst,
    double temperature,
    double lossAtTemperature,
    @Nullable Integer overfittingFrom,
    @Nullable GradientFlow gradients) {
  public Diagnosis {
    findings = List.copyOf(findings);
  }

  /**
   * The diagnosis of a run.
   *
   * @throws IllegalArgumentException when there are no validation images
   * @throws io.tencrop.vision.evaluation.InvalidLogitsException when a logit is NaN or infinite
   */
  public static Diagnosis of(RunFacts facts) {
    Predictions answers = Predictions.of(facts.answers());
    Predictions first = facts.first();
    double temperature = Temperature.fit(facts.answers());
    Curve curve = facts.curve();
    var onset = curve.overfittingFrom();
    Diagnosis measured =
        new Diagnosis(
            List.of(),
            Measures.of(answers),
            Guessing.of(answers),
            first == null ? null : LossChange.of(first, answers),
            first == null ? null : Margins.of(first),
            Margins.of(answers),
            HardestImages.worst(answers),
            temperature,
            Measures.of(Predictions.of(facts.answers(), temperature)).loss(),
            onset.isPresent() ? onset.getAsInt() : null,
            facts.gradients());
    return measured.with(new Rules(new Evidence(facts, answers, measured)).findings());
  }

  private Diagnosis with(List<Finding> others) {
    return new Diagnosis(
        others,
        measures,
        guessing,
        change,
        marginsBefore,
        margins,
        worst,
        temperature,
        lossAtTemperature,
        overfittingFrom,
        gradients);
  }

  /** What matters most. */
  public Finding verdict() {
    return findings.get(0);
  }
}
