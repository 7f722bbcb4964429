package io.tencrop.evaluator;

import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.spec.InputSpec;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.vision.data.Crop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which crops of a stored image a view takes. */
final class Views {
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
    try {
      Crop center = size == null ? Crop.whole(height, width) : Crop.center(height, width, size);
      return switch (view) {
        case CENTER -> List.of(center);
        case FLIP -> List.of(center, center.mirror());
        case TEN_CROP -> tenCrop(height, width, size);
      };
    } catch (IllegalArgumentException e) {
      throw new PermanentFailureException(
          FailureCode.PREPARATION_INVALID,
          "The crop of %d px does not fit the stored images of %dx%d. Set preparation.crop to at most the stored size."
              .formatted(size, height, width),
          e);
    }
  }

  private static List<Crop> tenCrop(int height, int width, @Nullable Integer size) {
    if (size == null) {
      throw new PermanentFailureException(
          FailureCode.PREPARATION_INVALID,
          "The view tenCrop takes crops, but the preparation has no crop. Set preparation.crop below the stored size of %dx%d, or test with the views center or flip."
              .formatted(height, width));
    }
    return Crop.tenCrop(height, width, size);
  }
}
