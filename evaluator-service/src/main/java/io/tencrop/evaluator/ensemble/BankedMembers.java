package io.tencrop.evaluator.ensemble;

import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.evaluator.bank.BankKey;
import io.tencrop.evaluator.bank.LogitSource;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what the members of a report answered from the bank. */
public final class BankedMembers {
  private final LogitSource bank;

  public BankedMembers(LogitSource bank) {
    this.bank = bank;
  }

  /**
   * The candidates' predictions in one view, by split; splits without images are absent.
   *
   * @throws PermanentFailureException when the bank does not have them, or they do not fit together
   */
  public Map<SplitName, Members> read(
      PreparedDataset dataset, List<Candidate> candidates, ViewSpec view) throws IOException {
    Map<SplitName, Members> bySplit = new EnumMap<>(SplitName.class);
    for (SplitName split : List.of(SplitName.VALIDATION, SplitName.TEST)) {
      if (dataset.counts().getOrDefault(split, 0L) > 0) {
        bySplit.put(split, read(dataset, candidates, split, view));
      }
    }
    return bySplit;
  }

  /** A checkpoint that is a candidate twice is read once. */
  private Members read(
      PreparedDataset dataset, List<Candidate> candidates, SplitName split, ViewSpec view)
      throws IOException {
    Map<BankKey, Predictions> known = new HashMap<>();
    List<Predictions> predictions = new ArrayList<>();
    for (Candidate candidate : candidates) {
      BankKey key =
          BankKey.of(
              candidate.checkpoint().weightsSha256(),
              dataset.id(),
              candidate.member().run().input(),
              split,
              view);
      Predictions found = known.get(key);
      if (found == null) {
        found = read(key, candidate);
        known.put(key, found);
      }
      predictions.add(found);
    }
    try {
      return Members.of(predictions);
    } catch (MembersDisagreeException e) {
      throw new PermanentFailureException(
          FailureCode.OBJECT_CORRUPT,
          "The logits of %s over %s do not fit together: %s. Submit the experiment again."
              .formatted(
                  candidates.stream().map(Candidate::name).toList(), split.label(), e.getMessage()),
          e);
    }
  }

  private Predictions read(BankKey key, Candidate candidate) throws IOException {
    try {
      Optional<LogitBank> entry = bank.find(key);
      if (entry.isEmpty()) {
        throw unusable(key, candidate, "it is not there", null);
      }
      return Predictions.of(entry.get());
    } catch (SafetensorsFormatException | InvalidLogitsException e) {
      throw unusable(key, candidate, String.valueOf(e.getMessage()), e);
    }
  }

  private static PermanentFailureException unusable(
      BankKey key,
      Candidate candidate,
      String why,
      @org.jspecify.annotations.Nullable Exception cause) {
    return new LogitsMissingException(
        "The report needs the logits of %s over %s in the view %s, which should be at %s in the bank: %s. Evaluate the checkpoint again."
            .formatted(
                candidate.name(), key.split().label(), key.view().label(), key.objectKey(), why),
        cause);
  }
}
