package io.tencrop.vision.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads an IDX file of bytes from front to back: the format of MNIST and its kin, gzipped or not.
 * Memory does not grow with the file, whatever its header says.
 */
public final class IdxReader implements Closeable {
  private static final int LABELS_MAGIC = 0x0801;
  private static final int IMAGES_MAGIC = 0x0803;
  private static final int MAX_SIDE = 16384;
  private static final int MAX_ITEM = 1 << 26;
  private static final int BUFFER = 1 << 16;

  private final String name;
  private final InputStream in;
  private final int count;
  private final int height;
  private final int width;
  private int position;

  private IdxReader(String name, InputStream in, int magic) throws IOException {
    this.name = name;
    this.in = in;
    int found = readInt();
    if (found != magic) {
      throw new IdxFormatException(
          "%s begins with the number 0x%08x; an IDX file of %s begins with 0x%08x"
              .formatted(name, found, magic == IMAGES_MAGIC ? "images" : "labels", magic));
    }
    count = readInt();
    height = magic == IMAGES_MAGIC ? readInt() : 1;
    width = magic == IMAGES_MAGIC ? readInt() : 1;
    if (count < 0
        || height < 1
        || width < 1
        || height > MAX_SIDE
        || width > MAX_SIDE
        || (long) height * width > MAX_ITEM) {
      throw new IdxFormatException(
          "%s announces %d images of %dx%d pixels, which is not possible"
              .formatted(name, count, height, width));
    }
  }

  /**
   * Opens a file of images and reads its header.
   *
   * @throws IdxFormatException when it is not one
   */
  public static IdxReader images(Path file) throws IOException {
    return open(file, IMAGES_MAGIC);
  }

  /**
   * Reads all of a file of labels.
   *
   * @throws IdxFormatException when it is not one, or its length is not what its header says
   */
  public static int[] labels(Path file) throws IOException {
    try (IdxReader reader = open(file, LABELS_MAGIC)) {
      byte[] all = reader.readUpTo(reader.count);
      if (all.length < reader.count) {
        throw reader.truncated(all.length);
      }
      reader.position = reader.count;
      reader.requireEnd();
      int[] labels = new int[all.length];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = all[i] & 0xff;
      }
      return labels;
    }
  }

  private static IdxReader open(Path file, int magic) throws IOException {
    String name = String.valueOf(file.getFileName());
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      return new IdxReader(name, plain(in), magic);
    } catch (EOFException e) {
      in.close();
      throw new IdxFormatException(name + " ends within its header: it is truncated", e);
    } catch (ZipException e) {
      in.close();
      throw new IdxFormatException(name + " is not valid gzip: " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static InputStream plain(InputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in;
  }

  private int readInt() throws IOException {
    byte[] bytes = in.readNBytes(Integer.BYTES);
    if (bytes.length < Integer.BYTES) {
      throw new EOFException();
    }
    return ByteBuffer.wrap(bytes).getInt();
  }

  /** How many images the header announces. */
  public int count() {
    return count;
  }

  /** Of each image, in pixels. */
  public int height() {
    return height;
  }

  /** Of each image, in pixels. */
  public int width() {
    return width;
  }

  /** The index of the image that {@link #next} reads. */
  public int position() {
    return position;
  }

  /**
   * The next image, grey.
   *
   * @throws IdxFormatException when the file ends before
   */
  public Bitmap next() throws IOException {
    if (position >= count) {
      throw new IllegalStateException("all " + count + " images were read");
    }
    int bytes = height * width;
    byte[] data = readUpTo(bytes);
    if (data.length < bytes) {
      throw truncated(position);
    }
    position++;
    return new Bitmap(height, width, 1, data);
  }

  /**
   * Passes over images up to the one with this index.
   *
   * @param index not before {@link #position}
   * @throws IdxFormatException when the file ends before
   */
  public void skipTo(int index) throws IOException {
    if (index < position || index > count) {
      throw new IllegalArgumentException(
          "from image %d to %d of %d".formatted(position, index, count));
    }
    int size = height * width;
    try {
      in.skipNBytes((long) (index - position) * size);
    } catch (EOFException e) {
      throw truncated(position, e);
    } catch (ZipException e) {
      throw new IdxFormatException(name + " is not valid gzip: " + e.getMessage(), e);
    }
    position = index;
  }

  /**
   * Checks that the file ends here.
   *
   * @throws IdxFormatException when more follows
   */
  public void requireEnd() throws IOException {
    if (readUpTo(1).length > 0) {
      throw new IdxFormatException(
          "%s goes on after the %d items that its header announces".formatted(name, count));
    }
  }

  private byte[] readUpTo(int bytes) throws IOException {
    try {
      return in.readNBytes(bytes);
    } catch (EOFException e) {
      throw truncated(position, e);
    } catch (ZipException e) {
      throw new IdxFormatException(name + " is not valid gzip: " + e.getMessage(), e);
    }
  }

  private IdxFormatException truncated(int whole) {
    return truncated(whole, null);
  }

  private IdxFormatException truncated(int whole, @Nullable Throwable cause) {
    return new IdxFormatException(
        "%s is truncated: it announces %d items and ends after %d".formatted(name, count, whole),
        cause);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
