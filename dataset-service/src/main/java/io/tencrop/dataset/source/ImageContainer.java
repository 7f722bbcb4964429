package io.tencrop.dataset.source;

import io.tencrop.contracts.FailureCode;
import io.tencrop.messaging.PermanentFailureException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Something that holds image files under paths: a directory or an archive. Nothing is ever unpacked
 * to disk under the names in an archive.
 */
interface ImageContainer extends Closeable {
  /** A file must not be larger than this, whatever it claims. */
  int MAX_FILE_BYTES = 64 << 20;

  /** So many files, and no more, may be in one source. */
  int MAX_FILES = 5_000_000;

  /** The paths of all image files, with {@code /} between their parts, in no particular order. */
  List<String> paths() throws IOException;

  /**
   * The content of a file.
   *
   * @throws UnusableImageException when it is too large, or damaged in the archive
   */
  byte[] read(String path) throws IOException, UnusableImageException;

  /** Whether the name is that of an image, by its ending; hidden files are none. */
  static boolean isImage(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return !name.startsWith(".")
        && !path.startsWith("__MACOSX/")
        && Endings.IMAGE.matcher(name).find();
  }

  /**
   * Checks the name of an entry of an archive.
   *
   * @throws PermanentFailureException when it leads out of the archive
   */
  static String checkedName(String archive, String name) {
    String path = name.startsWith("./") ? name.substring(2) : name;
    if (path.startsWith("/") || path.contains("\\") || List.of(path.split("/")).contains("..")) {
      throw new PermanentFailureException(
          FailureCode.SOURCE_INVALID,
          "The archive %s has an entry '%s', whose name leads out of it. Pack it again with relative names."
              .formatted(archive, name));
    }
    return path;
  }

  /** Reads a file within the bound. */
  static byte[] readBounded(InputStream in) throws IOException, UnusableImageException {
    byte[] content = in.readNBytes(MAX_FILE_BYTES + 1);
    if (content.length > MAX_FILE_BYTES) {
      throw new UnusableImageException(
          "the file is larger than %d MiB".formatted(MAX_FILE_BYTES >> 20), null);
    }
    return content;
  }

  /** Checks the number of files found so far. */
  static void checkCount(String where, int count) {
    if (count > MAX_FILES) {
      throw new PermanentFailureException(
          FailureCode.SOURCE_INVALID,
          "%s has more than %d image files.".formatted(where, MAX_FILES));
    }
  }

  /** Endings of image files. */
  final class Endings {
    static final Pattern IMAGE = Pattern.compile("\\.(jpe?g|png|webp|bmp|gif)$");

    private Endings() {}
  }
}
