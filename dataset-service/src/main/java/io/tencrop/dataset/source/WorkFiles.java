package io.tencrop.dataset.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A directory of files on their way, removed when it is closed. */
final class WorkFiles implements Closeable {
  private final Path directory;
  private final List<Path> files = new ArrayList<>();

  WorkFiles(Path directory) {
    this.directory = directory;
  }

  /** A file to write to; it does not exist yet. */
  Path file(String name) {
    Path file = directory.resolve(name);
    files.add(file);
    return file;
  }

  @Override
  public void close() throws IOException {
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(directory);
  }
}
