package io.tencrop.evaluator.bank;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.event.EvaluationRequest.EvaluateSlice;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.storage.Digests;
import io.tencrop.storage.ObjectEntry;
import io.tencrop.storage.ObjectStore;
import io.tencrop.vision.evaluation.LogitBank;
import io.tencrop.vision.safetensors.SafetensorsFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The logits of slices in the object store, until a split has all and they become entries. */
final class LogitParts {
  private static final Logger LOG = Logger.getLogger(LogitParts.class);
  private static final int VIEWS_ID_LENGTH = 16;

  private final ObjectStore store;
  private final LogitStore bank;

  LogitParts(ObjectStore store, LogitStore bank) {
    this.store = store;
    this.bank = bank;
  }

  boolean contains(EvaluateSlice slice) throws IOException {
    return store.exists(Buckets.LOGITS, key(slice, slice.split(), slice.index()));
  }

  /** Keeps the logits of a slice, unless another replica has. */
  void put(EvaluateSlice slice, LogitBank logits) throws IOException {
    bank.put(key(slice, slice.split(), slice.index()), logits);
  }

  /** How many of a split's slices are there. */
  int count(EvaluateSlice slice, SplitName split) throws IOException {
    return store.list(Buckets.LOGITS, folder(slice, split)).size();
  }

  /** The logits of all slices; empty when one is not there, or one cannot be read. */
  Optional<LogitBank> join(EvaluateSlice slice, SplitName split, int count) throws IOException {
    List<LogitBank> found = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      String key = key(slice, split, index);
      try {
        Optional<LogitBank> part = bank.find(key);
        if (part.isEmpty()) {
          return Optional.empty();
        }
        found.add(part.get());
      } catch (SafetensorsFormatException e) {
        LOG.warnf("The slice %s cannot be read and is computed again: %s", key, e.getMessage());
        return Optional.empty();
      }
    }
    return Optional.of(LogitBank.join(found));
  }

  /** Removes a split's slices. */
  void remove(EvaluateSlice slice, SplitName split) throws IOException {
    for (ObjectEntry part : store.list(Buckets.LOGITS, folder(slice, split))) {
      store.delete(Buckets.LOGITS, part.key());
    }
  }

  private static String key(EvaluateSlice slice, SplitName split, int index) {
    return folder(slice, split) + "%05d.safetensors".formatted(index);
  }

  private static String folder(EvaluateSlice slice, SplitName split) {
    String views =
        slice.views().stream().map(ViewSpec::label).sorted().collect(Collectors.joining(","));
    BankKey any = Wanted.key(slice.evaluation(), split, slice.views().get(0));
    return Buckets.logitParts(
        any.weightsSha256(),
        any.preparedId(),
        any.inputId(),
        split.label(),
        Digests.sha256(views.getBytes(UTF_8)).substring(0, VIEWS_ID_LENGTH),
        slice.images());
  }
}
