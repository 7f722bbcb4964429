package io.tencrop.evaluator.bank;

import io.tencrop.contracts.Buckets;
import io.tencrop.storage.ObjectConflictException;
import io.tencrop.storage.ObjectMissingException;
import io.tencrop.storage.ObjectStore;
import io.tencrop.vision.evaluation.LogitBank;
import io.tencrop.vision.evaluation.LogitBankFile;
import io.tencrop.vision.safetensors.TensorType;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The logit bank in the object store. An entry is written once and then only read. */
public final class LogitStore implements LogitSource {
  private static final Logger LOG = Logger.getLogger(LogitStore.class);

  private final ObjectStore store;
  private final long float16Above;

  /**
   * @param float16Above bytes that the logits of an entry may take as float32; larger ones are
   *     rounded to float16
   */
  public LogitStore(ObjectStore store, long float16Above) {
    this.store = store;
    this.float16Above = float16Above;
  }

  @Override
  public Optional<LogitBank> find(BankKey key) throws IOException {
    return find(key.objectKey());
  }

  /** The logits in an object of the bank's bucket, if it is there. */
  Optional<LogitBank> find(String objectKey) throws IOException {
    Path file = Files.createTempFile("tencrop-logits-", ".safetensors");
    try (InputStream in = store.open(Buckets.LOGITS, objectKey)) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return Optional.of(LogitBankFile.read(file));
    } catch (ObjectMissingException e) {
      LOG.debugf("%s is not in the bank yet", objectKey);
      return Optional.empty();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Whether there is an entry; it may be one that cannot be read. */
  public boolean contains(BankKey key) throws IOException {
    return store.exists(Buckets.LOGITS, key.objectKey());
  }

  /**
   * Keeps the entry.
   *
   * @return what the bank has: {@code bank}, rounded where it is large, or the entry that another
   *     replica wrote meanwhile
   */
  LogitBank put(BankKey key, LogitBank bank) throws IOException {
    Map<String, String> metadata = new HashMap<>();
    metadata.put("weights", key.weightsSha256());
    metadata.put("dataset", key.preparedId());
    metadata.put("split", key.split().label());
    metadata.put("view", key.view().label());
    if ((long) bank.logits().length * Float.BYTES > float16Above && bank.isFinite()) {
      LogitBank rounded = bank.inFloat16();
      if (rounded.isFinite()) {
        metadata.put("largestRoundingError", String.valueOf(largestDifference(bank, rounded)));
        return put(key.objectKey(), rounded, TensorType.F16, metadata);
      }
    }
    return put(key.objectKey(), bank, TensorType.F32, metadata);
  }

  /** Keeps logits as they are in an object of the bank's bucket. */
  LogitBank put(String objectKey, LogitBank bank) throws IOException {
    return put(objectKey, bank, TensorType.F32, Map.of());
  }

  private LogitBank put(
      String objectKey, LogitBank bank, TensorType type, Map<String, String> metadata)
      throws IOException {
    Path file = Files.createTempFile("tencrop-logits-", ".safetensors");
    try {
      LogitBankFile.write(
          bank, type, metadata, new BufferedOutputStream(Files.newOutputStream(file)));
      store.putIfAbsent(Buckets.LOGITS, objectKey, file);
      return bank;
    } catch (ObjectConflictException e) {
      // The same network on another engine build answers with other last bits. The first entry is
      // the one that every result is made of.
      LOG.infof("Another replica was first with %s: %s", objectKey, e.getMessage());
      return find(objectKey).orElseThrow(() -> e);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static float largestDifference(LogitBank bank, LogitBank rounded) {
    float largest = 0;
    for (int i = 0; i < bank.logits().length; i++) {
      largest = Math.max(largest, Math.abs(bank.logits()[i] - rounded.logits()[i]));
    }
    return largest;
  }

  /** Removes an entry; one that is not there is no error. */
  public void remove(BankKey key) throws IOException {
    store.delete(Buckets.LOGITS, key.objectKey());
  }
}
