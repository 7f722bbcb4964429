package io.tencrop.dataset.source;

import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.ImageSize;
import java.io.Closeable;
import java.io.IOException;

/** The images of a snapshot. Ids are asked for in ascending order. For one thread. */
public interface SourceImages extends Closeable {
  /**
   * One image, as the source has it.
   *
   * @throws UnusableImageException when it cannot be decoded
   * @throws io.tencrop.messaging.PermanentFailureException when it is no longer what it was when
   *     the snapshot was taken
   */
  Bitmap read(int id) throws IOException, UnusableImageException;

  /**
   * What one image is decoded from. Where nothing needs to be decoded this is the image.
   *
   * @throws UnusableImageException as {@link #read}, as far as it shows
   */
  default Coded readCoded(int id) throws IOException, UnusableImageException {
    Bitmap image = read(id);
    return new Coded() {
      @Override
      public int bytes() {
        return image.data().length;
      }

      @Override
      public ImageSize size() {
        return new ImageSize(image.height(), image.width());
      }

      @Override
      public Bitmap decode(int reduction) {
        return image;
      }
    };
  }

  /** An image that was read and not yet decoded. Any thread may decode it. */
  interface Coded {
    /** In memory, as it is. */
    int bytes();

    /** Of the image, from its header. */
    ImageSize size() throws UnusableImageException;

    /**
     * The image, as {@link SourceImages#read} gives it.
     *
     * @param reduction 1, 2, 4 or 8: what each side may be divided by where that saves time
     */
    Bitmap decode(int reduction) throws UnusableImageException;
  }
}
