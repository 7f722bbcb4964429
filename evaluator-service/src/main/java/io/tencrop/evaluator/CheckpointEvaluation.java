package io.tencrop.evaluator;

import io.micrometer.core.instrument.Counter;
import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ExperimentResults.Model;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.EvaluationRequest.EvaluateCheckpoint;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectStore;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.evaluation.InvalidLogitsException;
import io.tencrop.vision.evaluation.LogitBank;
import io.tencrop.vision.evaluation.Temperature;
import io.tencrop.vision.safetensors.SafetensorsFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Fills the logit bank for one checkpoint and measures what is in it. The network is loaded only
 * when something is missing.
 */
final class CheckpointEvaluation {
  private static final Logger LOG = Logger.getLogger(CheckpointEvaluation.class);

  /** Images between two looks at whether to stop. */
  private static final int IMAGES_PER_CALL = 64;

  private final ObjectStore store;
  private final FileCache cache;
  private final PreparedSplits splits;
  private final LogitStore bank;
  private final Networks networks;
  private final Counter crops;

  /**
   * @param crops counts the crops that a network was asked for
   */
  CheckpointEvaluation(
      ObjectStore store,
      FileCache cache,
      PreparedSplits splits,
      LogitStore bank,
      Networks networks,
      Counter crops) {
    this.store = store;
    this.cache = cache;
    this.splits = splits;
    this.bank = bank;
    this.networks = networks;
    this.crops = crops;
  }

  /**
   * The checkpoint's results over the splits that have images, in each view.
   *
   * @throws PermanentFailureException when the network cannot answer for these images
   * @throws InterruptedException when this replica stops; nothing is lost but time
   */
  List<Model> evaluate(EvaluateCheckpoint request) throws IOException, InterruptedException {
    List<BankKey> keys = keys(request);
    Map<ViewSpec, List<Crop>> views = new EnumMap<>(ViewSpec.class);
    for (ViewSpec view : request.views()) {
      views.put(view, Views.crops(view, request.run().input(), request.dataset()));
    }
    Map<BankKey, LogitBank> entries = new LinkedHashMap<>();
    for (BankKey key : keys) {
      look(key).ifPresent(entry -> entries.put(key, entry));
    }
    if (entries.size() < keys.size()) {
      fill(request, keys, views, entries);
    }
    List<Model> models = new ArrayList<>();
    for (BankKey key : keys) {
      LogitBank entry = entries.get(key);
      if (entry == null) {
        throw new IllegalStateException(key + " is neither in the bank nor was it computed");
      }
      models.add(model(request, key, entry, temperature(request, entries, key)));
    }
    return models;
  }

  private static List<BankKey> keys(EvaluateCheckpoint request) {
    List<BankKey> keys = new ArrayList<>();
    for (SplitName split : List.of(SplitName.VALIDATION, SplitName.TEST)) {
      if (request.dataset().counts().getOrDefault(split, 0L) > 0) {
        for (ViewSpec view : EnumSet.copyOf(request.views())) {
          keys.add(key(request, split, view));
        }
      }
    }
    if (keys.isEmpty()) {
      throw new PermanentFailureException(
          FailureCode.PREPARATION_INVALID,
          "There is nothing to evaluate on: the data set has neither validation nor test images. Give preparation.split a validation or a test share.");
    }
    return keys;
  }

  private static BankKey key(EvaluateCheckpoint request, SplitName split, ViewSpec view) {
    return BankKey.of(
        request.checkpoint().weightsSha256(),
        request.dataset().id(),
        request.run().input(),
        split,
        view);
  }

  /** An entry that cannot be read is removed: the network can answer again. */
  Optional<LogitBank> look(BankKey key) throws IOException {
    try {
      return bank.find(key);
    } catch (SafetensorsFormatException e) {
      LOG.warnf("Replacing the bank's entry %s, which cannot be read: %s", key, e.getMessage());
      bank.remove(key);
      return Optional.empty();
    }
  }

  private void fill(
      EvaluateCheckpoint request,
      List<BankKey> keys,
      Map<ViewSpec, List<Crop>> views,
      Map<BankKey, LogitBank> entries)
      throws IOException, InterruptedException {
    String weights = request.checkpoint().weightsSha256();
    PreparedDataset dataset = request.dataset();
    try (FileCache.Lease file =
            cache.acquire(store, Buckets.CHECKPOINTS, Buckets.weights(weights), weights);
        Networks.Answering network = networks.load(request.run(), dataset, file.path())) {
      for (SplitName split : SplitName.values()) {
        List<BankKey> missing =
            keys.stream().filter(key -> key.split() == split && !entries.containsKey(key)).toList();
        if (!missing.isEmpty()) {
          try (PreparedSplits.OpenSplit open = splits.open(dataset, split)) {
            for (BankKey key : widestFirst(missing)) {
              entries.put(key, bank.put(key, logits(key, views, network, open.images(), entries)));
            }
          }
        }
      }
    }
  }

  private static List<BankKey> widestFirst(List<BankKey> keys) {
    return keys.stream()
        .sorted(Comparator.comparing((BankKey key) -> -key.view().crops()))
        .toList();
  }

  /** The crops of one view may be among those of another, as the centre is one of the ten. */
  private LogitBank logits(
      BankKey key,
      Map<ViewSpec, List<Crop>> views,
      Networks.Answering network,
      ImageSet images,
      Map<BankKey, LogitBank> entries)
      throws InterruptedException {
    List<Crop> wanted = views.getOrDefault(key.view(), List.of());
    for (Map.Entry<ViewSpec, List<Crop>> other : views.entrySet()) {
      LogitBank known = entries.get(key.withView(other.getKey()));
      if (known != null && other.getValue().containsAll(wanted)) {
        return known.select(wanted.stream().map(other.getValue()::indexOf).toList());
      }
    }
    return ask(network, images, wanted);
  }

  /** What the network answers for all of the images in each crop. */
  LogitBank ask(Networks.Answering network, ImageSet images, List<Crop> views)
      throws InterruptedException {
    int n = images.size();
    float[] logits = new float[0];
    int outputs = 0;
    for (int from = 0; from < n; from += IMAGES_PER_CALL) {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped while evaluating");
      }
      int to = Math.min(from + IMAGES_PER_CALL, n);
      float[] part = network.logits(images, from, to, views);
      if (from == 0) {
        outputs = part.length / (to * views.size());
        logits = new float[Math.multiplyExact(Math.multiplyExact(n, views.size()), outputs)];
      }
      System.arraycopy(part, 0, logits, from * views.size() * outputs, part.length);
      crops.increment((double) (to - from) * views.size());
    }
    int[] labels = new int[n];
    long[] ids = new long[n];
    for (int i = 0; i < n; i++) {
      labels[i] = images.label(i);
      ids[i] = images.id(i);
    }
    return new LogitBank(views.size(), outputs, logits, labels, ids);
  }

  private static @Nullable Double temperature(
      EvaluateCheckpoint request, Map<BankKey, LogitBank> entries, BankKey key) {
    LogitBank validation = entries.get(key(request, SplitName.VALIDATION, key.view()));
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
