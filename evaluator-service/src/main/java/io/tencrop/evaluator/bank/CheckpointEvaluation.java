package io.tencrop.evaluator.bank;

import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ExperimentResults.Model;
import io.tencrop.contracts.api.ModelNames;
import io.tencrop.contracts.event.EvaluationRequest.EvaluateCheckpoint;
import io.tencrop.contracts.event.EvaluationRequest.EvaluateSlice;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.evaluator.results.ResultMeasures;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.vision.evaluation.InvalidLogitsException;
import io.tencrop.vision.evaluation.LogitBank;
import io.tencrop.vision.evaluation.Temperature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has the logit bank filled for one checkpoint and measures what is in it. */
public final class CheckpointEvaluation {
  private final BankFilling filling;

  CheckpointEvaluation(BankFilling filling) {
    this.filling = filling;
  }

  /**
   * The checkpoint's results over the splits that have images, in each view.
   *
   * @throws PermanentFailureException when the network cannot answer for these images
   * @throws InterruptedException when this replica stops; nothing is lost but time
   */
  public List<Model> evaluate(EvaluateCheckpoint request) throws IOException, InterruptedException {
    return models(request, filling.fill(request));
  }

  /** What a large evaluation is best cut into; none when it is to be done at once. */
  public List<EvaluateSlice> slices(EvaluateCheckpoint request) throws IOException {
    return filling.slices(request);
  }

  /**
   * Does a slice.
   *
   * @return the results of the evaluation, when it was the last slice that was missing
   */
  public Optional<List<Model>> evaluate(EvaluateSlice slice)
      throws IOException, InterruptedException {
    return filling.fill(slice).map(entries -> models(slice.evaluation(), entries));
  }

  private static List<Model> models(EvaluateCheckpoint request, Map<BankKey, LogitBank> entries) {
    List<Model> models = new ArrayList<>();
    for (BankKey key : Wanted.of(request).keys()) {
      LogitBank entry = entries.get(key);
      if (entry == null) {
        throw new IllegalStateException(key + " is neither in the bank nor was it computed");
      }
      models.add(model(request, key, entry, temperature(request, entries, key)));
    }
    return models;
  }

  private static @Nullable Double temperature(
      EvaluateCheckpoint request, Map<BankKey, LogitBank> entries, BankKey key) {
    LogitBank validation = entries.get(Wanted.key(request, SplitName.VALIDATION, key.view()));
    return validation == null || !validation.isFinite() ? null : Temperature.fit(validation);
  }

  private static Model model(
      EvaluateCheckpoint request, BankKey key, LogitBank entry, @Nullable Double temperature) {
    RunSpec run = request.run();
    try {
      return new Model(
          request.runId(),
          run.name(),
          run.group(),
          run.architecture().name(),
          run.seed(),
          request.checkpoint(),
          false,
          key.split(),
          key.view(),
          ResultMeasures.of(entry, temperature),
          ModelNames.of(run.name(), request.checkpoint(), false));
    } catch (InvalidLogitsException e) {
      throw new PermanentFailureException(
          FailureCode.TRAINING_DIVERGED,
          "The checkpoint after step %d of run %s cannot be evaluated: %s (%s). Lower the learning rate."
              .formatted(
                  request.checkpoint().step(), run.name(), e.getMessage(), key.split().label()),
          e);
    }
  }
}
