package io.tencrop.vision.data;

/** The size of an image, in pixels. */
public record ImageSize(int height, int width) {
  /** With each side divided by a number, and rounded up. */
  public ImageSize reduced(int divisor) {
    return new ImageSize((height + divisor - 1) / divisor, (width + divisor - 1) / divisor);
  }

  /** How much larger it is than another size, side by side. */
  public double shrinking(ImageSize to) {
    return Math.min((double) height / to.height, (double) width / to.width);
  }

  @Override
  public String toString() {
    return width + " x " + height;
  }
}
