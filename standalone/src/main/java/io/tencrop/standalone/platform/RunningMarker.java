package io.tencrop.standalone.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that says that programs of this installation run, so that nobody replaces them now. */
final class RunningMarker implements AutoCloseable {
  private final Path file;

  private RunningMarker(Path file) {
    this.file = file;
  }

  static RunningMarker set(Installation installation) throws IOException {
    Files.createDirectories(installation.running());
    Path file = installation.running().resolve(Long.toString(ProcessHandle.current().pid()));
    Files.writeString(file, "");
    return new RunningMarker(file);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
