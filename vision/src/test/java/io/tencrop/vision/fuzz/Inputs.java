package io.tencrop.vision.fuzz;

import io.tencrop.vision.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Files that targets begin with, and files for readers that want one. */
public final class Inputs {
  private Inputs() {}

  /** All files of a directory of at most this size. */
  static List<byte[]> files(Path directory, long maxBytes) throws IOException {
    List<byte[]> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(directory)) {
      for (Path file : all.sorted().toList()) {
        if (Files.size(file) <= maxBytes) {
          files.add(Files.readAllBytes(file));
        }
      }
    }
    return files;
  }

  /** The files that tools/image-goldens wrote. */
  public static List<byte[]> images() throws IOException {
    Path goldens =
        Path.of("..", "vision", "src", "test", "resources", "images", "pillow.safetensors");
    List<byte[]> images = new ArrayList<>();
    try (SafetensorsFile file = SafetensorsFile.open(goldens)) {
      for (String name : file.header().tensors().keySet().stream().sorted().toList()) {
        if (!name.endsWith(".pixels")) {
          ByteBuffer data = file.data(name);
          byte[] image = new byte[data.remaining()];
          data.get(image);
          images.add(image);
        }
      }
    }
    return images;
  }

  /** A file of its own for each thread, that holds the input until the next call. */
  public static Path file(byte[] input) throws IOException {
    return Files.write(
        FILE.get(), input, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private static final ThreadLocal<Path> FILE =
      ThreadLocal.withInitial(
          () -> {
            try {
              Path file = Files.createTempFile("fuzz-", ".input");
              file.toFile().deleteOnExit();
              return file;
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          });
}
