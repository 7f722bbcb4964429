package io.tencrop.vision.data;

import java.nio.ByteBuffer;

/**
 * Images as {@link Resampling} resizes them, one at a time: crops that are copied of one image
 * after another cost one resize for each image.
 */
public final class ResizedImages implements ImageSet {
  private static final int NONE = -1;

  private final ImageSet images;
  private final ImageSize size;
  private final Crop whole;
  private final Resampling resampling = new Resampling();
  private final byte[] stored;
  private final byte[] resized;
  private final ByteBuffer pixels;
  private int current = NONE;

  /** The images at another size. */
  public ResizedImages(ImageSet images, ImageSize size) {
    this.images = images;
    this.size = size;
    whole = Crop.whole(images.height(), images.width());
    stored = new byte[bytes(images.height(), images.width())];
    resized = new byte[bytes(size.height(), size.width())];
    pixels = ByteBuffer.wrap(resized);
  }

  private int bytes(int height, int width) {
    return Math.multiplyExact(Math.multiplyExact(height, width), images.channels());
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public int channels() {
    return images.channels();
  }

  @Override
  public int height() {
    return size.height();
  }

  @Override
  public int width() {
    return size.width();
  }

  @Override
  public int label(int index) {
    return images.label(index);
  }

  @Override
  public long id(int index) {
    return images.id(index);
  }

  @Override
  public synchronized void copyCrop(int index, Crop crop, byte[] target, int offset) {
    if (index != current) {
      resize(index);
    }
    crop.copy(pixels, 0, size, channels(), target, offset);
  }

  private void resize(int index) {
    current = NONE;
    images.copyCrop(index, whole, stored, 0);
    resampling.bilinear(
        new Resampling.Source(
            stored,
            0,
            images.width() * channels(),
            images.height(),
            images.width(),
            images.channels()),
        resized,
        size.height(),
        size.width());
    current = index;
  }
}
