package io.tencrop.vision.data;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a JPEG file (ITU-T T.81, annex B). One that lacks its end is refused, as by
 * Pillow: decoders themselves fill what is missing with grey.
 */
final class JpegFile {
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int APP1 = 0xe1;
  private static final int APP14 = 0xee;
  private static final int ADOBE = 0x41646f62;
  private static final int YCCK = 2;
  private static final int TEM = 0x01;

  /** Images of so many scans are made to take long, not to be looked at. */
  private static final int MAX_SCANS = 500;

  private final ByteBuffer file;
  private int scans;
  private int components;
  private int adobeTransform;
  private @Nullable ImageSize size;
  private Orientation orientation = Orientation.UPRIGHT;

  private JpegFile(ByteBuffer file) {
    this.file = file;
  }

  static CodedImage read(ByteBuffer file) throws ImageFormatException {
    JpegFile jpeg = of(file);
    ImageSize size = jpeg.size;
    if (size == null || jpeg.scans == 0) {
      throw new ImageFormatException("the JPEG file has no image", null);
    }
    return new CodedImage(CodedImage.Format.JPEG, size, jpeg.orientation);
  }

  static JpegFile of(ByteBuffer file) throws ImageFormatException {
    JpegFile jpeg = new JpegFile(file);
    jpeg.segments();
    return jpeg;
  }

  /** Whether its pixels are cyan, magenta, yellow and black. */
  boolean isCmyk() {
    return components == 4;
  }

  /** Whether the first three of the four are stored as luma and chroma. */
  boolean isYcck() {
    return components == 4 && adobeTransform == YCCK;
  }

  private void segments() throws ImageFormatException {
    for (int marker = marker(); marker != EOI; marker = marker()) {
      if (marker == SOI || marker == TEM || isRestart(marker)) {
        continue;
      }
      int begin = file.position();
      int length = Short.toUnsignedInt(file.getShort());
      if (length < 2) {
        throw new ImageFormatException(
            "the JPEG file has a segment of %d bytes".formatted(length), null);
      }
      if (begin + length > file.limit()) {
        throw new IndexOutOfBoundsException(begin + length);
      }
      if (isFrame(marker)) {
        if (size != null) {
          throw new ImageFormatException("the JPEG file has two images in one", null);
        }
        size =
            new ImageSize(
                Short.toUnsignedInt(file.getShort(begin + 3)),
                Short.toUnsignedInt(file.getShort(begin + 5)));
        components = file.get(begin + 7);
      } else if (marker == APP14 && length >= 14 && file.getInt(begin + 2) == ADOBE) {
        adobeTransform = file.get(begin + 13);
      } else if (marker == APP1 && Exif.hasPrefix(file.array(), begin + 2, begin + length)) {
        orientation = Exif.orientation(file.array(), begin + 2, begin + length);
      } else if (marker == SOS && ++scans > MAX_SCANS) {
        throw new ImageFormatException("it has more than %d scans".formatted(MAX_SCANS), null);
      }
      file.position(begin + length);
    }
  }

  /** Goes past the next marker; what lies before it is coded data, or of no meaning. */
  private int marker() {
    byte[] bytes = file.array();
    int at = file.position();
    while (true) {
      while (bytes[at] != (byte) 0xff) {
        at++;
      }
      while (bytes[at] == (byte) 0xff) {
        at++;
      }
      int marker = bytes[at++] & 0xff;
      if (marker != 0) {
        file.position(at);
        return marker;
      }
    }
  }

  private static boolean isRestart(int marker) {
    return marker >= 0xd0 && marker <= 0xd7;
  }

  /** SOF0 to SOF15 but for the three numbers among them that stand for tables. */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }
}
