package io.tencrop.evaluator;

import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.vision.evaluation.InvalidLogitsException;
import io.tencrop.vision.evaluation.LogitBank;
import io.tencrop.vision.evaluation.Members;
import io.tencrop.vision.evaluation.MembersDisagreeException;
import io.tencrop.vision.evaluation.Predictions;
import io.tencrop.vision.safetensors.SafetensorsFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what the members of a report answered from the bank. */
final class BankedMembers {
  private final LogitSource bank;

  BankedMembers(LogitSource bank) {
    this.bank = bank;
  }

  /**
   * The members' predictions in one view, by split; splits without images are absent.
   *
   * @throws PermanentFailureException when the bank does not have them, or they do not fit together
   */
  Map<SplitName, Members> read(ComposeReport request, ViewSpec view) throws IOException {
    Map<SplitName, Members> bySplit = new EnumMap<>(SplitName.class);
    for (SplitName split : List.of(SplitName.VALIDATION, SplitName.TEST)) {
      if (request.dataset().counts().getOrDefault(split, 0L) > 0) {
        bySplit.put(split, read(request, split, view));
      }
    }
    return bySplit;
  }

  private Members read(ComposeReport request, SplitName split, ViewSpec view) throws IOException {
    List<Predictions> predictions = new ArrayList<>();
    for (Member member : request.members()) {
      predictions.add(read(request, member, split, view));
    }
    try {
      return Members.of(predictions);
    } catch (MembersDisagreeException e) {
      throw new PermanentFailureException(
          FailureCode.OBJECT_CORRUPT,
          "The logits of %s over %s do not fit together: %s. Submit the experiment again."
              .formatted(
                  request.members().stream().map(member -> member.run().name()).toList(),
                  split.label(),
                  e.getMessage()),
          e);
    }
  }

  private Predictions read(ComposeReport request, Member member, SplitName split, ViewSpec view)
      throws IOException {
    BankKey key =
        BankKey.of(
            member.checkpoint().weightsSha256(),
            request.dataset().id(),
            member.run().input(),
            split,
            view);
    try {
      Optional<LogitBank> entry = bank.find(key);
      if (entry.isEmpty()) {
        throw unusable(key, member, "it is not there", null);
      }
      return Predictions.of(entry.get());
    } catch (SafetensorsFormatException | InvalidLogitsException e) {
      throw unusable(key, member, String.valueOf(e.getMessage()), e);
    }
  }

  private static PermanentFailureException unusable(
      BankKey key, Member member, String why, @org.jspecify.annotations.Nullable Exception cause) {
    return new LogitsMissingException(
        "The report needs the logits of run %s over %s in the view %s, which should be at %s in the bank: %s. Evaluate the checkpoint again."
            .formatted(
                member.run().name(), key.split().label(), key.view().label(), key.objectKey(), why),
        cause);
  }
}
