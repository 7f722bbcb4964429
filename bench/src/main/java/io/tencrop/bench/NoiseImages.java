package io.tencrop.bench;

import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSet;
import java.util.Random;

/** Square images of noise, whole crops only: what they show does not matter to the time. */
final class NoiseImages implements ImageSet {
  private final int size;
  private final int channels;
  private final int side;
  private final byte[] pixels;
  private final int[] labels;

  NoiseImages(int size, int channels, int side, int classes, long seed) {
    this.size = size;
    this.channels = channels;
    this.side = side;
    Random random = new Random(seed);
    pixels = new byte[size * bytesPerImage()];
    random.nextBytes(pixels);
    labels = random.ints(size, 0, classes).toArray();
  }

  private int bytesPerImage() {
    return side * side * channels;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int channels() {
    return channels;
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
    System.arraycopy(pixels, index * bytesPerImage(), target, offset, bytesPerImage());
  }
}
