package io.tencrop.vision.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The blocks of a GIF file up to the end of its first frame. The image is the screen, of which the
 * frame may be a part.
 *
 * @param fill index in the frame's palette of the colour around it
 */
record GifFile(Screen screen, int fill) {
  private static final int EXTENSION = 0x21;
  private static final int CONTROL = 0xf9;
  private static final int FRAME = 0x2c;

  static CodedImage read(ByteBuffer file) throws ImageFormatException {
    return new CodedImage(CodedImage.Format.GIF, of(file).screen.size(), Orientation.UPRIGHT);
  }

  static GifFile of(ByteBuffer file) throws ImageFormatException {
    file.order(ByteOrder.LITTLE_ENDIAN);
    int width = Short.toUnsignedInt(file.getShort(6));
    int height = Short.toUnsignedInt(file.getShort(8));
    file.position(10);
    int flags = file.get();
    skip(file, 2 + tableBytes(flags)); // the background, the pixels' shape, and the palette
    int fill = 0;
    int block = file.get();
    while (block == EXTENSION) {
      if ((file.get() & 0xff) == CONTROL && (file.get(file.position() + 1) & 1) != 0) {
        fill = file.get(file.position() + 4) & 0xff; // what is transparent
      }
      skipData(file);
      block = file.get();
    }
    if (block != FRAME) {
      throw new ImageFormatException("the GIF file has no image", null);
    }
    int left = Short.toUnsignedInt(file.getShort());
    int top = Short.toUnsignedInt(file.getShort());
    int frameWidth = Short.toUnsignedInt(file.getShort());
    int frameHeight = Short.toUnsignedInt(file.getShort());
    skip(file, tableBytes(file.get()));
    file.get(); // bits of the first codes
    skipData(file);
    ImageSize size =
        new ImageSize(Math.max(height, top + frameHeight), Math.max(width, left + frameWidth));
    return new GifFile(new Screen(size, left, top), fill);
  }

  private static int tableBytes(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }

  private static void skipData(ByteBuffer file) {
    for (int length = file.get() & 0xff; length > 0; length = file.get() & 0xff) {
      skip(file, length);
    }
  }

  private static void skip(ByteBuffer file, int bytes) {
    if (bytes > file.remaining()) {
      throw new IndexOutOfBoundsException(file.position() + bytes);
    }
    file.position(file.position() + bytes);
  }
}
