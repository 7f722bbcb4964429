package io.tencrop.dataset.source;

import io.tencrop.vision.data.Bitmap;
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
}
