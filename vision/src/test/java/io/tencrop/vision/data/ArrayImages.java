package io.tencrop.vision.data;

import java.util.Random;

/** Images in memory. */
public record ArrayImages(byte[][] images, int[] labels, int channels, int height, int width)
    implements ImageSet {

  /**
   * Noise with a bright square whose place tells the class: easy to learn, not linear in position.
   */
  public static ArrayImages squares(int count, int classes, int channels, int side, long seed) {
    Random random = new Random(seed);
    byte[][] images = new byte[count][side * side * channels];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      random.nextBytes(images[i]);
      labels[i] = random.nextInt(classes);
      for (int j = 0; j < images[i].length; j++) {
        images[i][j] = (byte) ((images[i][j] & 0xFF) / 2);
      }
      int top = side / 8 + random.nextInt(2);
      int left = labels[i] * (side - side / 4) / classes + random.nextInt(2);
      for (int y = top; y < top + side / 4; y++) {
        for (int x = left; x < left + side / 5; x++) {
          for (int c = 0; c < channels; c++) {
            images[i][(y * side + x) * channels + c] = (byte) (200 + random.nextInt(55));
          }
        }
      }
    }
    return new ArrayImages(images, labels, channels, side, side);
  }

  @Override
  public int size() {
    return images.length;
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
    int at = offset;
    for (int y = 0; y < crop.height(); y++) {
      for (int x = 0; x < crop.width(); x++) {
        int column = crop.left() + (crop.mirrored() ? crop.width() - 1 - x : x);
        int from = ((crop.top() + y) * width + column) * channels;
        for (int c = 0; c < channels; c++) {
          target[at++] = images[index][from + c];
        }
      }
    }
  }
}
