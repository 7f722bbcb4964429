package io.tencrop.vision.data;

/** The size of an image, in pixels. */
public record ImageSize(int height, int width) {
  @Override
  public String toString() {
    return width + " x " + height;
  }
}
