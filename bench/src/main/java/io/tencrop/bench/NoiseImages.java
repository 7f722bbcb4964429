package io.tencrop.bench;

import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSet;
import java.util.Random;

/** Grey images of noise, whole crops only: what they show does not matter to the time. */
final class NoiseImages implements ImageSet {
  private final int size;
  private final int side;
  private final byte[] pixels;
  private final int[] labels;

  NoiseImages(int size, int side, int classes, long seed) {
    this.size = size;
    this.side = side;
    Random random = new Random(seed);
    pixels = new byte[size * side * side];
    random.nextBytes(pixels);
    labels = random.ints(size, 0, classes).toArray();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int channels() {
    return 1;
  }

  @Override
  public int height() {
    return side;
  }

  @Override
  public int width() {
    return side;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public long id(int index) {
    return index;
  }

  @Override
  public void copyCrop(int index, Crop crop, byte[] target, int offset) {
    System.arraycopy(pixels, index * side * side, target, offset, side * side);
  }
}
