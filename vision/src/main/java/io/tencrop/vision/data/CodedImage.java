package io.tencrop.vision.data;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the file of an image says before anything of it is decoded. That it is complete has been
 * checked as far as its structure tells: a file that was cut off is none.
 *
 * @param stored size of the rows and columns in the file
 * @param orientation that they are to be shown in
 */
record CodedImage(Format format, ImageSize stored, Orientation orientation) {
  private static final int LONGEST_MAGIC = 12;

  /** The formats that are read. */
  enum Format {
    JPEG,
    PNG,
    GIF,
    BMP,
    WEBP
  }

  /**
   * Reads the structure of the file.
   *
   * @throws ImageFormatException when it is of no known format or cut off, or the image is
   *     {@linkplain ImageLimits too large}
   */
  static CodedImage of(byte[] encoded) throws ImageFormatException {
    CodedImage image;
    try {
      image = read(encoded);
    } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException e) {
      throw new ImageFormatException("it is truncated", e);
    }
    ImageLimits.checked(image.stored.height(), image.stored.width());
    return image;
  }

  private static CodedImage read(byte[] encoded) throws ImageFormatException {
    int magicBytes = Math.min(encoded.length, LONGEST_MAGIC);
    String magic = new String(encoded, 0, magicBytes, StandardCharsets.ISO_8859_1);
    ByteBuffer file = ByteBuffer.wrap(encoded);
    if (magic.startsWith("\u00ff\u00d8\u00ff")) {
      return JpegFile.read(file);
    }
    if (magic.startsWith("\u0089PNG\r\n\u001a\n")) {
      return PngFile.read(file);
    }
    if (magic.startsWith("GIF87a") || magic.startsWith("GIF89a")) {
      return GifFile.read(file);
    }
    if (magic.startsWith("RIFF") && magic.endsWith("WEBP")) {
      return WebpFile.read(file);
    }
    if (magic.startsWith("BM")) {
      return BmpFile.read(file);
    }
    throw new ImageFormatException(
        encoded.length == 0 ? "the file is empty" : "not a JPEG, PNG, WebP, BMP or GIF image",
        null);
  }

  /** Of the image as it is shown. */
  ImageSize size() {
    return orientation.size(stored);
  }
}
