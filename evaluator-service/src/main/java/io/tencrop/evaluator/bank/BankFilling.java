package io.tencrop.evaluator.bank;

import io.micrometer.core.instrument.Counter;
import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.event.EvaluationRequest.EvaluateCheckpoint;
import io.tencrop.contracts.event.EvaluationRequest.EvaluateSlice;
import io.tencrop.evaluator.inference.CropPass;
import io.tencrop.evaluator.inference.Networks;
import io.tencrop.evaluator.inference.PreparedSplits;
import io.tencrop.evaluator.inference.ViewCrop;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectStore;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.evaluation.LogitBank;
import io.tencrop.vision.safetensors.SafetensorsFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that the bank has a checkpoint's logits over each split in each view. A network is
 * asked only about what is neither there nor among the crops of an entry that is, and about each
 * crop once.
 */
final class BankFilling {
  private static final Logger LOG = Logger.getLogger(BankFilling.class);

  private final ObjectStore store;
  private final FileCache cache;
  private final PreparedSplits splits;
  private final LogitStore bank;
  private final LogitParts parts;
  private final Slicing slicing;
  private final Networks networks;
  private final CropPass pass;

  /**
   * @param crops counts the crops that a network was asked for
   */
  BankFilling(
      ObjectStore store,
      FileCache cache,
      PreparedSplits splits,
      LogitStore bank,
      Slicing slicing,
      Networks networks,
      Counter crops) {
    this.store = store;
    this.cache = cache;
    this.splits = splits;
    this.bank = bank;
    this.parts = new LogitParts(store, bank);
    this.slicing = slicing;
    this.networks = networks;
    this.pass = new CropPass(crops);
  }

  /** All entries, computed here as far as they are missing. */
  Map<BankKey, LogitBank> fill(EvaluateCheckpoint request)
      throws IOException, InterruptedException {
    Wanted wanted = Wanted.of(request);
    Map<BankKey, LogitBank> entries = have(wanted);
    complete(wanted, entries, null);
    return entries;
  }

  /** The slices that what is missing is best cut into; none when it is little or nothing. */
  List<EvaluateSlice> slices(EvaluateCheckpoint request) throws IOException {
    Wanted wanted = Wanted.of(request);
    List<BankKey> there = new ArrayList<>();
    for (BankKey key : wanted.keys()) {
      if (bank.contains(key)) {
        there.add(key);
      }
    }
    List<BankKey> missing =
        wanted.keys().stream()
            .filter(key -> there.stream().noneMatch(other -> wanted.isPart(key, other)))
            .toList();
    return missing.isEmpty() ? List.of() : slicing.cut(wanted, missing);
  }

  /**
   * Computes a slice unless it is there.
   *
   * @return all entries, when it was the last one that was missing
   */
  Optional<Map<BankKey, LogitBank>> fill(EvaluateSlice slice)
      throws IOException, InterruptedException {
    Wanted wanted = Wanted.of(slice.evaluation());
    if (!isDone(wanted, slice, slice.split()) && !parts.contains(slice)) {
      int from = slice.index() * slice.images();
      try (Asked asked = new Asked(slice.evaluation())) {
        int to = Math.min(from + slice.images(), wanted.images(slice.split()));
        parts.put(slice, asked.logits(slice.split(), from, to, wanted.crops(slice.views())));
      }
    }
    for (SplitName split : wanted.splits()) {
      if (!isDone(wanted, slice, split)
          && parts.count(slice, split) < Slicing.count(wanted.images(split), slice.images())) {
        return Optional.empty();
      }
    }
    Map<BankKey, LogitBank> entries = have(wanted);
    complete(wanted, entries, slice);
    return Optional.of(entries);
  }

  private boolean isDone(Wanted wanted, EvaluateSlice slice, SplitName split) throws IOException {
    for (BankKey key : wanted.keys()) {
      if (key.split() == split && slice.views().contains(key.view()) && !bank.contains(key)) {
        return false;
      }
    }
    return true;
  }

  /** What is in the bank, and what can be taken from that. */
  private Map<BankKey, LogitBank> have(Wanted wanted) throws IOException {
    Map<BankKey, LogitBank> entries = new LinkedHashMap<>();
    for (BankKey key : wanted.keys()) {
      look(key).ifPresent(entry -> entries.put(key, entry));
    }
    for (BankKey key : wanted.keys()) {
      if (!entries.containsKey(key)) {
        for (Map.Entry<BankKey, LogitBank> other : List.copyOf(entries.entrySet())) {
          if (wanted.isPart(key, other.getKey())) {
            LogitBank part =
                wanted.select(key, wanted.crops(other.getKey().view()), other.getValue());
            entries.put(key, bank.put(key, part));
            break;
          }
        }
      }
    }
    return entries;
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

  /** What the network answers for all of the images in each crop. */
  LogitBank ask(Networks.Answering network, ImageSet images, List<ViewCrop> crops)
      throws InterruptedException {
    return pass.ask(network, images, 0, images.size(), crops);
  }

  private void complete(
      Wanted wanted, Map<BankKey, LogitBank> entries, @Nullable EvaluateSlice slice)
      throws IOException, InterruptedException {
    try (Asked asked = new Asked(wanted.request())) {
      for (SplitName split : wanted.splits()) {
        if (slice != null && !wanted.missing(split, entries).isEmpty()) {
          join(wanted, entries, slice, split);
        }
        List<BankKey> missing = wanted.missing(split, entries);
        if (!missing.isEmpty()) {
          List<ViewCrop> crops = wanted.crops(missing.stream().map(BankKey::view).toList());
          LogitBank all = asked.logits(split, 0, wanted.images(split), crops);
          for (BankKey key : missing) {
            entries.put(key, bank.put(key, wanted.select(key, crops, all)));
          }
        }
        if (slice != null) {
          parts.remove(slice, split);
        }
      }
    }
  }

  /** Another replica may be doing the same; whoever comes second finds the entries. */
  private void join(
      Wanted wanted, Map<BankKey, LogitBank> entries, EvaluateSlice slice, SplitName split)
      throws IOException {
    int count = Slicing.count(wanted.images(split), slice.images());
    Optional<LogitBank> all = parts.join(slice, split, count);
    List<ViewCrop> crops = wanted.crops(slice.views());
    for (BankKey key : wanted.missing(split, entries)) {
      if (all.isPresent() && wanted.isAmong(key, crops)) {
        entries.put(key, bank.put(key, wanted.select(key, crops, all.get())));
      } else {
        look(key).ifPresent(entry -> entries.put(key, entry));
      }
    }
  }

  /** The checkpoint's network, loaded when it is first asked. */
  private final class Asked implements AutoCloseable {
    private final EvaluateCheckpoint request;
    private FileCache.@Nullable Lease file;
    private Networks.@Nullable Answering network;

    Asked(EvaluateCheckpoint request) {
      this.request = request;
    }

    /** Of images {@code from} to {@code to} (exclusive). */
    LogitBank logits(SplitName split, int from, int to, List<ViewCrop> crops)
        throws IOException, InterruptedException {
      Networks.Answering loaded = network == null ? load() : network;
      try (PreparedSplits.OpenSplit open = splits.open(request.dataset(), split)) {
        return pass.ask(loaded, open.images(), from, to, crops);
      }
    }

    private Networks.Answering load() throws IOException {
      String weights = request.checkpoint().weightsSha256();
      FileCache.Lease lease =
          cache.acquire(store, Buckets.CHECKPOINTS, Buckets.weights(weights), weights);
      file = lease;
      Networks.Answering loaded = networks.load(request.run(), request.dataset(), lease.path());
      network = loaded;
      return loaded;
    }

    @Override
    public void close() throws IOException {
      if (network != null) {
        network.close();
      }
      if (file != null) {
        file.close();
      }
    }
  }
}
