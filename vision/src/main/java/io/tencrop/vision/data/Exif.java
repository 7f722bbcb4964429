package io.tencrop.vision.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What EXIF metadata says of how an image is held. Metadata that cannot be read says nothing. */
final class Exif {
  private static final byte[] PREFIX = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final int ORIENTATION = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY_BYTES = 12;

  private Exif() {}

  /** Whether these bytes begin as EXIF metadata in a JPEG file does. */
  static boolean hasPrefix(byte[] bytes, int from, int to) {
    return to - from >= PREFIX.length
        && Arrays.equals(PREFIX, 0, PREFIX.length, bytes, from, from + PREFIX.length);
  }

  /**
   * The orientation in a block of metadata: a TIFF header and the directory that it names.
   *
   * @param from first byte of the block, with or without its prefix
   * @param to behind its last byte
   */
  static Orientation orientation(byte[] bytes, int from, int to) {
    int begin = hasPrefix(bytes, from, to) ? from + PREFIX.length : from;
    if (to - begin < 8) {
      return Orientation.UPRIGHT;
    }
    ByteBuffer tiff = ByteBuffer.wrap(bytes, begin, to - begin).slice();
    if (tiff.getShort(0) == 0x4949) {
      tiff.order(ByteOrder.LITTLE_ENDIAN);
    } else if (tiff.getShort(0) != 0x4d4d) {
      return Orientation.UPRIGHT;
    }
    long directory = Integer.toUnsignedLong(tiff.getInt(4));
    if (directory + 2 > tiff.limit()) {
      return Orientation.UPRIGHT;
    }
    int entries = Short.toUnsignedInt(tiff.getShort((int) directory));
    for (int i = 0; i < entries; i++) {
      int at = (int) directory + 2 + i * ENTRY_BYTES;
      if (at + ENTRY_BYTES > tiff.limit()) {
        break;
      }
      if (Short.toUnsignedInt(tiff.getShort(at)) == ORIENTATION && tiff.getShort(at + 2) == SHORT) {
        return Orientation.of(Short.toUnsignedInt(tiff.getShort(at + 8)));
      }
    }
    return Orientation.UPRIGHT;
  }
}
