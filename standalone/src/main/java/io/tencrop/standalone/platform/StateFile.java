package io.tencrop.standalone.platform;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tencrop.messaging.MessageCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The file that tells other invocations what runs. It is replaced whole, never half written. */
public final class StateFile {
  private final Path path;
  private final ObjectMapper json = MessageCodec.newMapper();

  public StateFile(DataDirectory data) {
    this.path = data.state();
  }

  /** What the file says, also when its launcher is gone; empty: nothing was left running. */
  public Optional<PlatformState> read() {
    try {
      return Optional.of(json.readValue(Files.readAllBytes(path), PlatformState.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new PlatformException("Cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  void write(PlatformState state) {
    try {
      Path whole = path.resolveSibling("state.json.new");
      Files.write(whole, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(state));
      Files.move(whole, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new PlatformException("Cannot write " + path + ": " + e, e);
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new PlatformException("Cannot delete " + path + ": " + e, e);
    }
  }
}
