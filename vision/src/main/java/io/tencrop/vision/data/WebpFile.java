package io.tencrop.vision.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The chunks of a WebP file (RFC 9649). One that lacks its end is refused. */
final class WebpFile {
  private static final int RIFF = 0x46464952;
  private static final int WEBP = 0x50424557;
  private static final int VP8 = 0x20385056;
  private static final int VP8L = 0x4c385056;
  private static final int VP8X = 0x58385056;
  private static final int ANMF = 0x464d4e41;
  private static final int EXIF = 0x46495845;
  private static final int HEADER_BYTES = 12;
  private static final int CHUNK_HEADER_BYTES = 8;
  private static final int FRAME_HEADER_BYTES = 16;

  private final ByteBuffer file;
  private @Nullable ImageSize canvas;
  private @Nullable ImageSize frame;
  private int left;
  private int top;
  private int coded;
  private int codedBytes;
  private Orientation orientation = Orientation.UPRIGHT;

  private WebpFile(ByteBuffer file) {
    this.file = file.order(ByteOrder.LITTLE_ENDIAN);
  }

  static CodedImage read(ByteBuffer file) throws ImageFormatException {
    WebpFile webp = of(file);
    return new CodedImage(CodedImage.Format.WEBP, webp.screen().size(), webp.orientation);
  }

  static WebpFile of(ByteBuffer file) throws ImageFormatException {
    WebpFile webp = new WebpFile(file);
    long end = CHUNK_HEADER_BYTES + Integer.toUnsignedLong(webp.file.getInt(4));
    webp.chunks(HEADER_BYTES, end);
    ImageSize frame = webp.frame;
    if (frame == null) {
      throw new ImageFormatException("the WebP file has no image", null);
    }
    ImageSize screen = webp.screen().size();
    if (webp.top + frame.height() > screen.height() || webp.left + frame.width() > screen.width()) {
      throw new ImageFormatException(
          "its first frame of %s is not within its screen of %s".formatted(frame, screen), null);
    }
    return webp;
  }

  /** Where the first frame is shown; all of the screen when it is the only one. */
  Screen screen() {
    ImageSize size = canvas == null ? frame : canvas;
    if (size == null) {
      throw new IllegalStateException("no image");
    }
    return new Screen(size, left, top);
  }

  /** A file of the first frame alone, without transparency. */
  byte[] still() {
    int padded = codedBytes + codedBytes % 2;
    ByteBuffer still =
        ByteBuffer.allocate(HEADER_BYTES + CHUNK_HEADER_BYTES + padded)
            .order(ByteOrder.LITTLE_ENDIAN);
    still.putInt(RIFF).putInt(still.capacity() - CHUNK_HEADER_BYTES).putInt(WEBP);
    still.put(file.array(), coded, CHUNK_HEADER_BYTES + codedBytes);
    return still.array();
  }

  private void chunks(long from, long end) {
    if (end > file.limit()) {
      throw new IndexOutOfBoundsException(end);
    }
    long at = from;
    while (at + CHUNK_HEADER_BYTES <= end) {
      int kind = file.getInt((int) at);
      int begin = (int) at + CHUNK_HEADER_BYTES;
      long length = Integer.toUnsignedLong(file.getInt((int) at + Integer.BYTES));
      if (begin + length > end) {
        throw new IndexOutOfBoundsException(begin + length);
      }
      chunk(kind, begin, (int) length);
      at = begin + length + length % 2;
    }
  }

  private void chunk(int kind, int begin, int length) {
    if (kind == VP8X) {
      canvas = new ImageSize(1 + threeBytes(begin + 7), 1 + threeBytes(begin + 4));
    } else if (kind == EXIF) {
      orientation = Exif.orientation(file.array(), begin, begin + length);
    } else if (kind == ANMF && frame == null) {
      left = 2 * threeBytes(begin);
      top = 2 * threeBytes(begin + 3);
      chunks(begin + FRAME_HEADER_BYTES, begin + (long) length);
    } else if ((kind == VP8 || kind == VP8L) && frame == null) {
      frame = kind == VP8 ? lossySize(begin) : losslessSize(begin);
      coded = begin - CHUNK_HEADER_BYTES;
      codedBytes = length;
    }
  }

  private ImageSize lossySize(int begin) {
    return new ImageSize(file.getShort(begin + 8) & 0x3fff, file.getShort(begin + 6) & 0x3fff);
  }

  private ImageSize losslessSize(int begin) {
    int bits = file.getInt(begin + 1);
    return new ImageSize(1 + (bits >> 14 & 0x3fff), 1 + (bits & 0x3fff));
  }

  private int threeBytes(int at) {
    return Short.toUnsignedInt(file.getShort(at)) | (file.get(at + 2) & 0xff) << 16;
  }
}
