package io.tencrop.dataset.source;

import io.tencrop.contracts.FailureCode;
import io.tencrop.messaging.PermanentFailureException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A zip archive, read in place. */
final class ZipContainer implements ImageContainer {
  /** What images that are compressed once more can reasonably shrink to. */
  private static final int MAX_RATIO = 1000;

  private final String name;
  private final long maxBytes;
  private final ZipFile zip;
  private final Map<String, ZipEntry> images = new HashMap<>();

  /**
   * Opens the archive and reads its directory.
   *
   * @param name of the archive, for messages
   * @param maxBytes that its images may unpack to together: their data may overlap in the archive
   * @throws PermanentFailureException when it is not a zip archive, or a malicious one
   */
  ZipContainer(String name, Path file, long maxBytes) throws IOException {
    this.name = name;
    this.maxBytes = maxBytes;
    try {
      this.zip = new ZipFile(file.toFile());
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw new PermanentFailureException(
          FailureCode.SOURCE_INVALID,
          "The archive %s cannot be read as zip: %s".formatted(name, e.getMessage()),
          e);
    }
    try {
      readDirectory();
    } catch (RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private void readDirectory() {
    long total = 0;
    Enumeration<? extends ZipEntry> entries = zip.entries();
    while (entries.hasMoreElements()) {
      ZipEntry entry = entries.nextElement();
      String path = ImageContainer.checkedName(name, entry.getName());
      if (entry.isDirectory() || !ImageContainer.isImage(path)) {
        continue;
      }
      if (entry.getSize() < 0
          || entry.getSize() > MAX_FILE_BYTES
          || entry.getSize() > MAX_RATIO * Math.max(entry.getCompressedSize(), 1024)) {
        throw new PermanentFailureException(
            FailureCode.SOURCE_INVALID,
            "In the archive %s the file %s unpacks from %d to %d bytes, which no image does."
                .formatted(name, path, entry.getCompressedSize(), entry.getSize()));
      }
      total += Math.max(0, entry.getSize());
      if (total > maxBytes) {
        throw new PermanentFailureException(
            FailureCode.SOURCE_INVALID,
            "The images in the archive %s unpack to more than the %d bytes allowed (tencrop.dataset.max-archive-bytes)."
                .formatted(name, maxBytes));
      }
      if (images.put(path, entry) != null) {
        throw new PermanentFailureException(
            FailureCode.SOURCE_INVALID,
            "The archive %s has the file %s twice.".formatted(name, path));
      }
      ImageContainer.checkCount(name, images.size());
    }
  }

  @Override
  public List<String> paths() {
    return new ArrayList<>(images.keySet());
  }

  @Override
  public byte[] read(String path) throws IOException, UnusableImageException {
    ZipEntry entry = images.get(path);
    if (entry == null) {
      throw new IllegalArgumentException(path + " is not in " + name);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] content = in.readNBytes((int) entry.getSize() + 1);
      if (content.length != entry.getSize()) {
        throw new UnusableImageException("it has another length than the archive says", null);
      }
      return content;
    } catch (ZipException | EOFException e) {
      throw new UnusableImageException("it is damaged in the archive: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
