package io.tencrop.dataset.source;

import io.tencrop.contracts.FailureCode;
import io.tencrop.messaging.PermanentFailureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.jspecify.annotations.Nullable;

/** A tar archive that is not compressed, read in place. Only its plain files count. */
final class TarContainer implements ImageContainer {
  private final String name;
  private final long fileBytes;
  private final TarFile tar;
  private final Map<String, TarArchiveEntry> images = new HashMap<>();

  /**
   * Opens the archive and reads its entries.
   *
   * @param name of the archive, for messages
   * @throws PermanentFailureException when it is not a tar archive, or a malicious one
   */
  TarContainer(String name, Path file) throws IOException {
    this.name = name;
    this.fileBytes = Files.size(file);
    try {
      this.tar = new TarFile(file);
    } catch (IOException | IllegalArgumentException e) {
      throw invalid("cannot be read as tar: " + e.getMessage(), e);
    }
    try {
      readEntries();
    } catch (RuntimeException e) {
      tar.close();
      throw e;
    }
  }

  private PermanentFailureException invalid(String what, @Nullable Throwable cause) {
    return new PermanentFailureException(
        FailureCode.SOURCE_INVALID, "The archive %s %s.".formatted(name, what), cause);
  }

  private void readEntries() {
    for (TarArchiveEntry entry : tar.getEntries()) {
      String path = ImageContainer.checkedName(name, entry.getName());
      if (!entry.isFile() || entry.isSparse() || entry.isLink() || entry.isSymbolicLink()) {
        continue;
      }
      if (ImageContainer.isImage(path)) {
        if (entry.getDataOffset() + entry.getSize() > fileBytes) {
          throw invalid("is truncated: its file %s ends outside of it".formatted(path), null);
        }
        images.put(path, entry);
        ImageContainer.checkCount(name, images.size());
      }
    }
  }

  @Override
  public List<String> paths() {
    return new ArrayList<>(images.keySet());
  }

  @Override
  public byte[] read(String path) throws IOException, UnusableImageException {
    TarArchiveEntry entry = images.get(path);
    if (entry == null) {
      throw new IllegalArgumentException(path + " is not in " + name);
    }
    try (InputStream in = tar.getInputStream(entry)) {
      return ImageContainer.readBounded(in);
    }
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
