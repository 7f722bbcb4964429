package io.tencrop.vision.data;

import org.jspecify.annotations.Nullable;

/** Decodes JPEG faster than the platform's reader does. For several threads. */
interface JpegLibrary {
  /** What it is called in logs and in shards. */
  String name();

  /**
   * The image, with the pixels of Pillow's default decoding, or of its draft mode.
   *
   * @param reduction 1, 2, 4 or 8: each side is divided by it, and rounded up
   * @return null when the platform's reader should have it: an unusual image, or one that the
   *     library warns of
   * @throws ImageFormatException when it cannot be decoded, or is {@linkplain ImageLimits too
   *     large}
   */
  @Nullable Bitmap decode(byte[] jpeg, int reduction) throws ImageFormatException;
}
