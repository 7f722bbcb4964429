package io.tencrop.vision.data;

import java.nio.ByteBuffer;

/** The chunks of a PNG file (ISO/IEC 15948). One that lacks its end is refused. */
final class PngFile {
  private static final int SIGNATURE_BYTES = 8;
  private static final int IHDR = 0x49484452;
  private static final int IEND = 0x49454e44;
  private static final int EXIF = 0x65584966;

  private PngFile() {}

  static CodedImage read(ByteBuffer file) throws ImageFormatException {
    file.position(SIGNATURE_BYTES);
    file.getInt();
    if (file.getInt() != IHDR) {
      throw new ImageFormatException("the PNG file does not begin with its header", null);
    }
    int width = file.getInt();
    int height = file.getInt();
    Orientation orientation = Orientation.UPRIGHT;
    file.position(SIGNATURE_BYTES);
    while (true) {
      long length = Integer.toUnsignedLong(file.getInt());
      int kind = file.getInt();
      int begin = file.position();
      long end = begin + length;
      if (end + Integer.BYTES > file.limit()) {
        throw new IndexOutOfBoundsException(end);
      }
      if (kind == EXIF) {
        orientation = Exif.orientation(file.array(), begin, (int) end);
      } else if (kind == IEND) {
        return new CodedImage(CodedImage.Format.PNG, new ImageSize(height, width), orientation);
      }
      file.position((int) end + Integer.BYTES);
    }
  }
}
