package io.tencrop.evaluator.prediction;

import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.spec.ResizeSpec;
import io.tencrop.contracts.spec.ShardPreparation;
import io.tencrop.evaluator.prediction.PredictionException.Reason;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageDecoder;
import io.tencrop.vision.data.ImageFormatException;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.data.ImageSize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Images that somebody sent, prepared as the test images of a data set were. Their labels are not
 * known and read as 0; their ids are their places.
 */
final class FreshImages implements ImageSet {
  private final PreparedDataset dataset;
  private final List<Bitmap> images = new ArrayList<>();
  private final List<ImageSize> sizes = new ArrayList<>();

  private FreshImages(PreparedDataset dataset) {
    this.dataset = dataset;
  }

  /**
   * Decodes and prepares them, one after another.
   *
   * @param maxPixels of an image: what decoding may take of memory is a few bytes for each
   * @throws PredictionException when one cannot be used
   */
  static FreshImages of(TrainedModel model, List<EncodedImage> encoded, long maxPixels)
      throws IOException, PredictionException {
    if (fast(model.preparation()) && !ImageDecoder.canReduce()) {
      throw new PredictionException(
          Reason.UNABLE,
          "The data set was prepared with fastDecode, which needs libturbojpeg, and the machine of the evaluator service does not have it. Install it there (libturbojpeg0 on Debian, libturbojpeg on Ubuntu).");
    }
    FreshImages images = new FreshImages(model.dataset());
    for (EncodedImage image : encoded) {
      try {
        images.add(image.content().bytes(), model.preparation(), maxPixels);
      } catch (ImageFormatException e) {
        throw new PredictionException(
            Reason.IMAGE, "%s: %s.".formatted(image.name(), e.getMessage()), e);
      } catch (TooLargeException | OtherSizeException e) {
        throw new PredictionException(
            Reason.IMAGE, "%s: %s".formatted(image.name(), e.getMessage()), e);
      }
    }
    return images;
  }

  private static final class TooLargeException extends Exception {
    TooLargeException(ImageSize size, long maxPixels) {
      super(
          "the image has %s pixels; at most %d are taken (tencrop.evaluator.predictions.max-pixels). Send a smaller one."
              .formatted(size, maxPixels));
    }
  }

  private static final class OtherSizeException extends Exception {
    OtherSizeException(ImageSize size, PreparedDataset dataset) {
      super(
          "the image has %s pixels. The data set was prepared without resize, so the network knows only images of %d x %d: send one."
              .formatted(size, dataset.width(), dataset.height()));
    }
  }

  private void add(byte[] encoded, ShardPreparation preparation, long maxPixels)
      throws ImageFormatException, TooLargeException, OtherSizeException {
    ImageSize size = ImageDecoder.size(encoded);
    if ((long) size.height() * size.width() > maxPixels) {
      throw new TooLargeException(size, maxPixels);
    }
    ResizeSpec resize = preparation.resize();
    int reduction =
        fast(preparation) ? ImageDecoder.reduction(size, size.shrinking(resized(resize, size))) : 1;
    Bitmap decoded = ImageDecoder.decode(encoded, reduction).withChannels(dataset.channels());
    ImageSize stored = new ImageSize(dataset.height(), dataset.width());
    ImageSize resized = resized(resize, new ImageSize(decoded.height(), decoded.width()));
    if (!preparation.cutsCenter() && !resized.equals(stored)) {
      throw new OtherSizeException(size, dataset);
    }
    images.add(decoded.framed(resized, stored));
    sizes.add(size);
  }

  private static boolean fast(ShardPreparation preparation) {
    return Boolean.TRUE.equals(preparation.fastDecode());
  }

  private static ImageSize resized(@Nullable ResizeSpec resize, ImageSize image) {
    return resize == null
        ? image
        : new ImageSize(
            resize.heightOf(image.height(), image.width()),
            resize.widthOf(image.height(), image.width()));
  }

  /** Of an image as it came. */
  ImageSize cameAs(int index) {
    return sizes.get(index);
  }

  long[] ids() {
    long[] ids = new long[images.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = i;
    }
    return ids;
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public int channels() {
    return dataset.channels();
  }

  @Override
  public int height() {
    return dataset.height();
  }

  @Override
  public int width() {
    return dataset.width();
  }

  @Override
  public int label(int index) {
    return 0;
  }

  @Override
  public long id(int index) {
    return index;
  }

  @Override
  public void copyCrop(int index, Crop crop, byte[] target, int offset) {
    images.get(index).copyCrop(crop, target, offset);
  }
}
