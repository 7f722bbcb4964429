package io.tencrop.evaluator.diagnosis;

import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.evaluator.bank.BankKey;
import io.tencrop.evaluator.bank.LogitSource;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.vision.evaluation.LogitBank;
import io.tencrop.vision.safetensors.SafetensorsFormatException;
import java.io.IOException;
import java.util.Optional;

/** What checkpoints answered for the validation images, in the view that diagnoses look at. */
final class ValidationAnswers {
  private final LogitSource bank;

  ValidationAnswers(LogitSource bank) {
    this.bank = bank;
  }

  /** The centre where the plan has it; otherwise the plan's first. */
  static ViewSpec view(ComposeReport request) {
    return request.plan().views().contains(ViewSpec.CENTER)
        ? ViewSpec.CENTER
        : request.plan().views().get(0);
  }

  /**
   * Of the checkpoint that stands for a run.
   *
   * @throws PermanentFailureException when the bank does not have it
   */
  LogitBank get(ComposeReport request, Member member) throws IOException {
    return find(request, member, member.checkpoint())
        .orElseThrow(
            () ->
                new PermanentFailureException(
                    FailureCode.OBJECT_CORRUPT,
                    "The diagnosis of run %s needs the logits of its checkpoint after step %d over the validation images, which are not in the bank. Evaluate the checkpoint again."
                        .formatted(member.run().name(), member.checkpoint().step())));
  }

  /**
   * Of any checkpoint of a run, if the bank still has it.
   *
   * @throws PermanentFailureException when what is there cannot be read
   */
  Optional<LogitBank> find(ComposeReport request, Member member, CheckpointRef checkpoint)
      throws IOException {
    BankKey key =
        BankKey.of(
            checkpoint.weightsSha256(),
            request.dataset().id(),
            member.run().input(),
            SplitName.VALIDATION,
            view(request));
    try {
      return bank.find(key);
    } catch (SafetensorsFormatException e) {
      throw new PermanentFailureException(
          FailureCode.OBJECT_CORRUPT,
          "The diagnosis of run %s cannot read the logits at %s: %s. Evaluate the checkpoint again."
              .formatted(member.run().name(), key.objectKey(), e.getMessage()),
          e);
    }
  }
}
