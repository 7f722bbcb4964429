package io.tencrop.vision.data;

import org.jspecify.annotations.Nullable;

/**
 * Decodes JPEG, PNG, WebP, BMP and GIF (the first frame), to what Pillow's {@code
 * ImageOps.exif_transpose} and {@code convert("RGB")} make of them: turned as its EXIF orientation
 * says; without transparency, which is dropped, not blended; without regard to ICC profiles. Grey
 * images stay grey, all others become RGB. Of 16 bits the upper 8 are taken.
 */
public final class ImageDecoder {
  private static final @Nullable JpegLibrary LIBRARY = TurboJpeg.find();

  private static final int MAX_REDUCTION = 8;

  /** A side of fewer pixels is not worth it. */
  private static final int LEAST_REDUCED = 16;

  private ImageDecoder() {}

  /** What decodes JPEG images here: {@code libturbojpeg} where the system has it, or the JDK. */
  public static String jpegDecoder() {
    return LIBRARY == null ? "JDK " + System.getProperty("java.version") : LIBRARY.name();
  }

  /**
   * Whether JPEG images can be {@linkplain #decode(byte[], int) decoded at a part of their size}.
   */
  public static boolean canReduce() {
    return LIBRARY != null;
  }

  /**
   * What an image may be {@linkplain #decode(byte[], int) reduced} by, so that no side of it is
   * smaller than what is made of it.
   *
   * @param shrinking how much larger the image is than that, side by side
   * @return 1, 2, 4 or 8
   */
  public static int reduction(ImageSize image, double shrinking) {
    int reduction = MAX_REDUCTION;
    while (reduction > 1 && (reduction > shrinking || tooSmall(image.reduced(reduction)))) {
      reduction /= 2;
    }
    return reduction;
  }

  private static boolean tooSmall(ImageSize reduced) {
    return Math.min(reduced.height(), reduced.width()) < LEAST_REDUCED;
  }

  /**
   * The image that the bytes hold.
   *
   * @throws ImageFormatException when they hold none that can be read, one that was cut off, or one
   *     of more than 16,384 pixels on a side or 64 Mi pixels in all; such a one is not decoded
   */
  public static Bitmap decode(byte[] encoded) throws ImageFormatException {
    return decode(encoded, 1);
  }

  /**
   * The image, or a smaller one that takes much less time: a JPEG that is neither unusual nor
   * damaged is decoded at a part of its size, as by Pillow's {@code Image.draft}. All others are
   * decoded whole.
   *
   * @param reduction 1, 2, 4 or 8: what each side is divided by
   * @throws ImageFormatException as {@link #decode(byte[])}
   * @throws IllegalStateException when it is not 1 and this machine {@linkplain #canReduce cannot}
   */
  public static Bitmap decode(byte[] encoded, int reduction) throws ImageFormatException {
    if (reduction > 1 && LIBRARY == null) {
      throw new IllegalStateException("libturbojpeg is needed to decode at a part of the size");
    }
    CodedImage coded = CodedImage.of(encoded);
    Bitmap stored = null;
    if (LIBRARY != null && coded.format() == CodedImage.Format.JPEG) {
      stored = LIBRARY.decode(encoded, reduction);
    }
    return stored == null
        ? finish(coded, PlatformImages.decode(encoded, coded), 1)
        : finish(coded, stored, reduction);
  }

  /** As {@link #decode}, without native libraries. */
  static Bitmap decodeByPlatform(byte[] encoded) throws ImageFormatException {
    CodedImage coded = CodedImage.of(encoded);
    return finish(coded, PlatformImages.decode(encoded, coded), 1);
  }

  private static Bitmap finish(CodedImage coded, Bitmap stored, int reduction)
      throws ImageFormatException {
    ImageSize size = new ImageSize(stored.height(), stored.width());
    if (!size.equals(coded.stored().reduced(reduction))) {
      throw new ImageFormatException(
          "its header announces %s pixels, but it has %s".formatted(coded.stored(), size), null);
    }
    return coded.orientation().apply(stored);
  }

  /**
   * The size of the image that the bytes hold, as {@link #decode} gives it, from its headers alone.
   *
   * @throws ImageFormatException as {@link #decode}, as far as the structure of the file tells
   */
  public static ImageSize size(byte[] encoded) throws ImageFormatException {
    return CodedImage.of(encoded).size();
  }
}
