package io.tencrop.dataset.source;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A directory. Symbolic links below it are not followed. */
final class DirectoryContainer implements ImageContainer {
  private final Path root;

  DirectoryContainer(Path root) {
    this.root = root;
  }

  @Override
  public List<String> paths() throws IOException {
    List<String> paths = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String path = root.relativize(file).toString().replace(File.separatorChar, '/');
        if (ImageContainer.isImage(path) && isPlainFile(file)) {
          paths.add(path);
          ImageContainer.checkCount(root.toString(), paths.size());
        }
      }
    }
    return paths;
  }

  private static boolean isPlainFile(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public byte[] read(String path) throws IOException, UnusableImageException {
    try (InputStream in = Files.newInputStream(root.resolve(path))) {
      return ImageContainer.readBounded(in);
    }
  }

  @Override
  public void close() {
    // nothing is held open
  }
}
