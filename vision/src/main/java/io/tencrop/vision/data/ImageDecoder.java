package io.tencrop.vision.data;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes JPEG, PNG, BMP and GIF (the first frame). Grey images stay grey, all others become RGB;
 * transparency is dropped, not blended.
 */
public final class ImageDecoder {
  private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
  private static final @Nullable JpegLibrary LIBRARY = TurboJpeg.find();

  private ImageDecoder() {}

  /** What decodes JPEG images here: {@code libturbojpeg} where the system has it, or the JDK. */
  public static String jpegDecoder() {
    return LIBRARY == null ? "JDK " + System.getProperty("java.version") : LIBRARY.name();
  }

  /**
   * The image that the bytes hold.
   *
   * @throws ImageFormatException when they hold none that can be read, or one of more than 16,384
   *     pixels on a side or 64 Mi pixels in all; such a one is not decoded
   */
  public static Bitmap decode(byte[] encoded) throws ImageFormatException {
    if (LIBRARY != null && Arrays.equals(JPEG, 0, 3, encoded, 0, Math.min(3, encoded.length))) {
      Bitmap image = LIBRARY.decode(encoded);
      if (image != null) {
        return image;
      }
    }
    return decodeByPlatform(encoded);
  }

  /** As {@link #decode}, with the readers of the platform for all formats. */
  static Bitmap decodeByPlatform(byte[] encoded) throws ImageFormatException {
    return read(
        encoded,
        reader -> {
          checkedSize(reader);
          return bitmap(reader.read(0, storedColors(reader)));
        });
  }

  /**
   * The size of the image that the bytes hold, from its header alone.
   *
   * @throws ImageFormatException as {@link #decode}, as far as the header tells
   */
  public static ImageSize size(byte[] encoded) throws ImageFormatException {
    return read(encoded, ImageDecoder::checkedSize);
  }

  /** What is read of an image. */
  private interface Reading<T> {
    T from(ImageReader reader) throws IOException;
  }

  private static <T> T read(byte[] encoded, Reading<T> reading) throws ImageFormatException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new ImageFormatException("not a JPEG, PNG, BMP or GIF image", null);
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return reading.from(reader);
      } finally {
        reader.dispose();
      }
    } catch (ImageFormatException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The readers of the platform also answer damaged files with unchecked exceptions.
      String detail = e.getMessage() == null ? "it is truncated or damaged" : e.getMessage();
      throw new ImageFormatException("the image cannot be decoded: " + detail, e);
    }
  }

  /** Without conversion by the image's ICC profile, which Pillow leaves alone too. */
  private static ImageReadParam storedColors(ImageReader reader) throws IOException {
    ImageReadParam param = reader.getDefaultReadParam();
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
    while (types.hasNext()) {
      ImageTypeSpecifier type = types.next();
      ColorSpace colors = type.getColorModel().getColorSpace();
      if (colors instanceof ICC_ColorSpace
          && colors.getType() == ColorSpace.TYPE_RGB
          && !colors.isCS_sRGB()) {
        param.setDestinationType(type);
        break;
      }
    }
    return param;
  }

  private static ImageSize checkedSize(ImageReader reader) throws IOException {
    return ImageLimits.checked(reader.getHeight(0), reader.getWidth(0));
  }

  private static Bitmap bitmap(BufferedImage image) {
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR
        && image.getRaster().getDataBuffer() instanceof DataBufferByte bytes
        && bytes.getSize() == image.getWidth() * image.getHeight() * 3) {
      return fromBgr(image, bytes.getData());
    }
    int colors = image.getColorModel().getColorSpace().getType();
    if (colors == ColorSpace.TYPE_GRAY) {
      return fromGrey(image);
    }
    boolean samples =
        colors == ColorSpace.TYPE_RGB
            && image.getColorModel() instanceof ComponentColorModel
            && image.getRaster().getDataBuffer().getDataType() == DataBuffer.TYPE_BYTE;
    return samples ? fromSamples(image) : fromRgb(image);
  }

  /** The stored values, which the platform's own conversion would change by an ICC profile. */
  private static Bitmap fromSamples(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rgb = new byte[width * height * 3];
    int[] band = new int[width * height];
    for (int c = 0; c < 3; c++) {
      image.getRaster().getSamples(0, 0, width, height, c, band);
      for (int i = 0; i < band.length; i++) {
        rgb[3 * i + c] = (byte) band[i];
      }
    }
    return new Bitmap(height, width, 3, rgb);
  }

  private static Bitmap fromBgr(BufferedImage image, byte[] bgr) {
    byte[] rgb = new byte[bgr.length];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = bgr[i + 2];
      rgb[i + 1] = bgr[i + 1];
      rgb[i + 2] = bgr[i];
    }
    return new Bitmap(image.getHeight(), image.getWidth(), 3, rgb);
  }

  /** The stored values, which the platform's own conversion would change by a gamma curve. */
  private static Bitmap fromGrey(BufferedImage image) {
    Raster raster = image.getRaster();
    int shift = raster.getDataBuffer().getDataType() == DataBuffer.TYPE_USHORT ? 8 : 0;
    int width = image.getWidth();
    byte[] grey = new byte[width * image.getHeight()];
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        grey[y * width + x] = (byte) (row[x] >> shift);
      }
    }
    return new Bitmap(image.getHeight(), width, 1, grey);
  }

  private static Bitmap fromRgb(BufferedImage image) {
    int width = image.getWidth();
    byte[] rgb = new byte[width * image.getHeight() * 3];
    int[] row = new int[width];
    int out = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int argb : row) {
        rgb[out++] = (byte) (argb >> 16);
        rgb[out++] = (byte) (argb >> 8);
        rgb[out++] = (byte) argb;
      }
    }
    return new Bitmap(image.getHeight(), width, 3, rgb);
  }
}
