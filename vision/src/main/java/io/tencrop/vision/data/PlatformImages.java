package io.tencrop.vision.data;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import io.tencrop.vision.data.CodedImage.Format;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes with the readers that are there on every machine: those of the JDK, and one for WebP. */
final class PlatformImages {
  private static final ImageReaderSpi WEBP_READER = new WebPImageReaderSpi();

  private PlatformImages() {}

  /** The rows and columns as they are stored. */
  static Bitmap decode(byte[] encoded, CodedImage coded) throws ImageFormatException {
    if (coded.format() == Format.WEBP) {
      WebpFile file = WebpFile.of(ByteBuffer.wrap(encoded));
      return file.screen().with(decodeFile(file.still(), coded), (byte) 0, (byte) 0, (byte) 0);
    }
    return decodeFile(encoded, coded);
  }

  private static Bitmap decodeFile(byte[] encoded, CodedImage coded) throws ImageFormatException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
      ImageReader reader = reader(coded.format());
      try {
        reader.setInput(in, true, true);
        return decode(reader, encoded, coded);
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

  private static ImageReader reader(Format format) throws IOException {
    if (format == Format.WEBP) {
      return WEBP_READER.createReaderInstance();
    }
    String name = format.name().toLowerCase(Locale.ROOT);
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(name);
    if (!readers.hasNext()) {
      throw new IllegalStateException("this JDK reads no " + name + " images");
    }
    return readers.next();
  }

  private static Bitmap decode(ImageReader reader, byte[] encoded, CodedImage coded)
      throws IOException {
    if (coded.format() == Format.JPEG) {
      JpegFile jpeg = JpegFile.of(ByteBuffer.wrap(encoded));
      if (jpeg.isCmyk()) {
        return CmykJpeg.bitmap(reader.readRaster(0, null), jpeg.isYcck());
      }
    }
    BufferedImage image = reader.read(0, storedColors(reader));
    return coded.format() == Format.GIF
        ? onScreen(GifFile.of(ByteBuffer.wrap(encoded)), image)
        : Pixels.bitmap(image);
  }

  private static Bitmap onScreen(GifFile gif, BufferedImage frame) throws ImageFormatException {
    byte[] fill = new byte[3];
    if (frame.getColorModel() instanceof IndexColorModel palette) {
      int rgb = palette.getRGB(Math.min(gif.fill(), palette.getMapSize() - 1));
      fill = new byte[] {(byte) (rgb >> 16), (byte) (rgb >> 8), (byte) rgb};
    }
    return gif.screen().with(Pixels.bitmap(frame), fill);
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
}
