package io.tencrop.evaluator;

import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.spec.InputSpec;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.vision.data.Crop;
import java.util.List;

/** Which crops of a stored image a view takes. */
final class Views {
  /** The centre crop among those of {@link ViewSpec#TEN_CROP}. */
  static final int CENTER_OF_TEN = 4;

  private Views() {}

  /**
   * The crops, in the order in which the bank keeps them.
   *
   * @throws PermanentFailureException when the stored images cannot be cropped so
   */
  static List<Crop> crops(ViewSpec view, InputSpec input, PreparedDataset dataset) {
    int height = dataset.height();
    int width = dataset.width();
    Integer size = input.crop();
    if (size == null) {
      if (view == ViewSpec.CENTER) {
        return List.of(Crop.whole(height, width));
      }
      throw new PermanentFailureException(
          FailureCode.PREPARATION_INVALID,
          "The view %s takes crops, but the preparation has no crop. Set preparation.crop below the stored size of %dx%d, or test with the view center."
              .formatted(view.label(), height, width));
    }
    try {
      return switch (view) {
        case CENTER -> List.of(Crop.center(height, width, size));
        case TEN_CROP -> Crop.tenCrop(height, width, size);
      };
    } catch (IllegalArgumentException e) {
      throw new PermanentFailureException(
          FailureCode.PREPARATION_INVALID,
          "The crop of %d px does not fit the stored images of %dx%d. Set preparation.crop to at most the stored size."
              .formatted(size, height, width),
          e);
    }
  }
}
