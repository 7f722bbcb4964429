package io.tencrop.dataset.source;

import io.tencrop.dataset.TestImages;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.vision.fuzz.FuzzTarget;
import io.tencrop.vision.fuzz.Inputs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Zip and tar archives of class folders, read as a source is. */
final class ArchiveTarget implements FuzzTarget {
  private static final long MAX_BYTES = 1 << 26;

  private final MessageCodec codec = new MessageCodec();

  @Override
  public List<byte[]> seeds() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("train/a/1.png", TestImages.png(4, 4, 1));
    files.put("train/b/2.png", TestImages.png(4, 4, 2));
    files.put("test/a/" + "long-name-".repeat(15) + ".png", TestImages.png(4, 4, 3));
    files.put("test/b/4.png", TestImages.damagedPng(4, 4));
    return List.of(zip(files), tar(files));
  }

  private static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
    }
    return out.toByteArray();
  }

  static byte[] tar(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  @Override
  public void read(byte[] input) throws IOException {
    Path file = Inputs.file(input);
    boolean zip = input.length > 1 && input[0] == 'P' && input[1] == 'K';
    try (ImageContainer container =
        zip ? new ZipContainer("it", file, MAX_BYTES) : new TarContainer("it", file)) {
      FolderLayout folders = FolderLayout.of("it", container.paths(), null, null);
      new FolderReading(folders, container)
          .snapshot(codec, SourceSnapshot.Layout.ZIP, List.of(), null);
    } catch (PermanentFailureException e) {
      return; // as it should be
    }
  }
}
