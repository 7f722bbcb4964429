package io.tencrop.vision.data;

/**
 * What an animation is shown on.
 *
 * @param left of its first frame, in pixels
 * @param top of its first frame, in pixels
 */
record Screen(ImageSize size, int left, int top) {

  /**
   * The whole screen with the first frame in its place.
   *
   * @param fill red, green and blue of the rest
   * @throws ImageFormatException when the frame is not within the screen
   */
  Bitmap with(Bitmap frame, byte... fill) throws ImageFormatException {
    if (frame.height() == size.height() && frame.width() == size.width()) {
      return frame;
    }
    if (top + frame.height() > size.height() || left + frame.width() > size.width()) {
      throw new ImageFormatException("its first frame is not within its screen", null);
    }
    byte[] from = frame.withChannels(3).data();
    byte[] whole = new byte[size.height() * size.width() * 3];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = fill[i % 3];
    }
    int rowBytes = frame.width() * 3;
    for (int y = 0; y < frame.height(); y++) {
      int to = ((top + y) * size.width() + left) * 3;
      System.arraycopy(from, y * rowBytes, whole, to, rowBytes);
    }
    return new Bitmap(size.height(), size.width(), 3, whole);
  }
}
