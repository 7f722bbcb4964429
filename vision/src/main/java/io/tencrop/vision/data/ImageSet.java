package io.tencrop.vision.data;

/** Labelled images of one size, uint8, channels last. Safe for reading from several threads. */
public interface ImageSet {
  /** How many images. */
  int size();

  int channels();

  int height();

  int width();

  /** The class of image {@code index}, from 0. */
  int label(int index);

  /** The stable id of the source image. */
  long id(int index);

  /**
   * Copies a crop, {@code [crop.height, crop.width, channels]}, to {@code target} from {@code
   * offset} on.
   *
   * @throws IndexOutOfBoundsException when the crop is not within the image, or the target too
   *     short
   */
  void copyCrop(int index, Crop crop, byte[] target, int offset);

  /** The images as an epoch, from 0, sees them: the same images in the same order. */
  default ImageSet ofEpoch(int epoch) {
    return this;
  }
}
