package io.tencrop.vision.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The headers of a BMP file. */
final class BmpFile {
  private static final int HEADER_BYTES = 14;
  private static final int OLDEST = 12;
  private static final int RLE8 = 1;
  private static final int RLE4 = 2;
  private static final int JPEG = 4;
  private static final int PNG = 5;

  private BmpFile() {}

  static CodedImage read(ByteBuffer file) throws ImageFormatException {
    file.order(ByteOrder.LITTLE_ENDIAN);
    long data = Integer.toUnsignedLong(file.getInt(10));
    boolean oldest = file.getInt(HEADER_BYTES) == OLDEST;
    int width = oldest ? Short.toUnsignedInt(file.getShort(18)) : file.getInt(18);
    // Rows from the top have a negative height.
    int height = oldest ? Short.toUnsignedInt(file.getShort(20)) : Math.abs(file.getInt(22));
    int bits = Short.toUnsignedInt(file.getShort(oldest ? 24 : 28));
    int compression = oldest ? 0 : file.getInt(30);
    if (compression == JPEG || compression == PNG) {
      throw new ImageFormatException("it is another format's file within a BMP file", null);
    }
    ImageSize size = ImageLimits.checked(height, width);
    boolean plain = compression != RLE8 && compression != RLE4;
    long rowBytes = ((long) width * bits + 31) / 32 * 4;
    if (data >= file.limit() || plain && data + rowBytes * height > file.limit()) {
      throw new IndexOutOfBoundsException(file.limit());
    }
    return new CodedImage(CodedImage.Format.BMP, size, Orientation.UPRIGHT);
  }
}
