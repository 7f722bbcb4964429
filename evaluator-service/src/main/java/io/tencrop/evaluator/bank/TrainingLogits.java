package io.tencrop.evaluator.bank;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.evaluator.inference.Networks;
import io.tencrop.evaluator.inference.PreparedSplits;
import io.tencrop.evaluator.inference.ViewCrop;
import io.tencrop.evaluator.inference.Views;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectStore;
import io.tencrop.vision.evaluation.LogitBank;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What models answer for the training images in the view {@code center}, stored variants each by
 * itself: from the bank, which is filled where something is missing.
 */
public final class TrainingLogits {
  private final ObjectStore store;
  private final FileCache cache;
  private final PreparedSplits splits;
  private final LogitStore bank;
  private final Networks networks;
  private final BankFilling filling;

  TrainingLogits(
      ObjectStore store,
      FileCache cache,
      PreparedSplits splits,
      LogitStore bank,
      Networks networks,
      BankFilling filling) {
    this.store = store;
    this.cache = cache;
    this.splits = splits;
    this.bank = bank;
    this.networks = networks;
    this.filling = filling;
  }

  /**
   * The answers, by variant.
   *
   * @param weights SHA-256 of the model's weights
   * @throws io.tencrop.messaging.PermanentFailureException when the network cannot answer for these
   *     images
   * @throws InterruptedException when this replica stops; variants that were answered for are kept
   */
  public List<LogitBank> of(RunSpec run, String weights, PreparedDataset dataset)
      throws IOException, InterruptedException {
    Map<Integer, LogitBank> entries = new TreeMap<>();
    List<BankKey> missing = new ArrayList<>();
    for (int variant = 0; variant < splits.variants(dataset); variant++) {
      BankKey key =
          BankKey.of(weights, dataset.id(), run.input(), SplitName.TRAIN, ViewSpec.CENTER)
              .withVariant(variant);
      filling
          .look(key)
          .ifPresentOrElse(entry -> entries.put(key.variant(), entry), () -> missing.add(key));
    }
    if (!missing.isEmpty()) {
      List<ViewCrop> center = Views.crops(ViewSpec.CENTER, run.input(), dataset);
      try (FileCache.Lease file =
              cache.acquire(store, Buckets.CHECKPOINTS, Buckets.weights(weights), weights);
          Networks.Answering network = networks.load(run, dataset, file.path())) {
        for (BankKey key : missing) {
          try (PreparedSplits.OpenSplit open =
              splits.open(dataset, SplitName.TRAIN, key.variant())) {
            LogitBank answers = filling.ask(network, open.images(), center);
            entries.put(key.variant(), bank.put(key, answers));
          }
        }
      }
    }
    return List.copyOf(entries.values());
  }
}
