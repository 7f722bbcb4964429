package io.tencrop.trainer;

import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSet;

/** A split without images, of the size that its images would have. */
record NoImages(int channels, int height, int width) implements ImageSet {
  @Override
  public int size() {
    return 0;
  }

  @Override
  public int label(int image) {
    throw new IndexOutOfBoundsException(image);
  }

  @Override
  public long id(int image) {
    throw new IndexOutOfBoundsException(image);
  }

  @Override
  public void copyCrop(int image, Crop crop, byte[] target, int offset) {
    throw new IndexOutOfBoundsException(image);
  }
}
