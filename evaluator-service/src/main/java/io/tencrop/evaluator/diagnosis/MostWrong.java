package io.tencrop.evaluator.diagnosis;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.WrongImage;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.evaluator.bank.LogitSource;
import io.tencrop.vision.evaluation.HardestImages;
import io.tencrop.vision.evaluation.Predictions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds the validation images that each run got most wrong, and keeps them. */
public final class MostWrong {
  /** Of a run. */
  static final int MOST = 200;

  private final ValidationAnswers answers;
  private final WrongImages images;

  MostWrong(LogitSource bank, WrongImages images) {
    this.answers = new ValidationAnswers(bank);
    this.images = images;
  }

  /**
   * For the checkpoint that stands for each run. Nothing is kept without validation images.
   *
   * @throws io.tencrop.messaging.PermanentFailureException when the bank lacks what it needs
   */
  public void keep(ComposeReport request) throws IOException {
    if (request.dataset().counts().getOrDefault(SplitName.VALIDATION, 0L) == 0) {
      return;
    }
    for (Member member : request.members()) {
      images.save(
          request.experimentId(),
          member.run().name(),
          of(Predictions.of(answers.get(request, member)), request.dataset().classes()));
    }
  }

  static List<WrongImage> of(Predictions predictions, List<String> classes) {
    List<WrongImage> wrong = new ArrayList<>();
    for (int i : HardestImages.mostWrong(predictions, MOST)) {
      int label = predictions.label(i);
      int predicted = predictions.predicted(i);
      wrong.add(
          new WrongImage(
              wrong.size() + 1,
              predictions.id(i),
              label,
              classes.get(label),
              predicted,
              classes.get(predicted),
              predictions.probability(i, label),
              predictions.probability(i, predicted),
              HardestImages.loss(predictions, i),
              null));
    }
    return wrong;
  }
}
