package io.tencrop.evaluator;

import io.tencrop.contracts.Buckets;
import io.tencrop.storage.ObjectConflictException;
import io.tencrop.storage.ObjectMissingException;
import io.tencrop.storage.ObjectStore;
import io.tencrop.vision.evaluation.LogitBank;
import io.tencrop.vision.evaluation.LogitBankFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The logit bank in the object store. An entry is written once and then only read. */
final class LogitStore implements LogitSource {
  private static final Logger LOG = Logger.getLogger(LogitStore.class);

  private final ObjectStore store;

  LogitStore(ObjectStore store) {
    this.store = store;
  }

  @Override
  public Optional<LogitBank> find(BankKey key) throws IOException {
    Path file = Files.createTempFile("tencrop-logits-", ".safetensors");
    try (InputStream in = store.open(Buckets.LOGITS, key.objectKey())) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return Optional.of(LogitBankFile.read(file));
    } catch (ObjectMissingException e) {
      LOG.debugf("%s is not in the bank yet", key);
      return Optional.empty();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Keeps the entry.
   *
   * @return what the bank has: {@code bank}, or the entry that another replica wrote meanwhile
   */
  LogitBank put(BankKey key, LogitBank bank) throws IOException {
    Path file = Files.createTempFile("tencrop-logits-", ".safetensors");
    try {
      LogitBankFile.write(
          bank,
          Map.of(
              "weights", key.weightsSha256(),
              "dataset", key.preparedId(),
              "split", key.split().label(),
              "view", key.view().label()),
          new BufferedOutputStream(Files.newOutputStream(file)));
      store.putIfAbsent(Buckets.LOGITS, key.objectKey(), file);
      return bank;
    } catch (ObjectConflictException e) {
      // The same network on another engine build answers with other last bits. The first entry is
      // the one that every result is made of.
      LOG.infof("Another replica was first with %s: %s", key, e.getMessage());
      return find(key).orElseThrow(() -> e);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Removes an entry; one that is not there is no error. */
  void remove(BankKey key) throws IOException {
    store.delete(Buckets.LOGITS, key.objectKey());
  }
}
