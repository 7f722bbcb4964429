package io.tencrop.evaluator.inference;

import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.spec.CropName;
import io.tencrop.contracts.spec.InputSpec;
import io.tencrop.contracts.spec.ResizeSpec;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSize;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which crops of a stored image a view takes. */
public final class Views {
  private Views() {}

  /**
   * The crops, each once, in the order in which the bank keeps them.
   *
   * @throws PermanentFailureException when the stored images cannot be cropped so
   */
  public static List<ViewCrop> crops(ViewSpec view, InputSpec input, PreparedDataset dataset) {
    ImageSize stored = new ImageSize(dataset.height(), dataset.width());
    Optional<String> objection =
        view.objection(input.crop(), Math.min(stored.height(), stored.width()));
    if (objection.isPresent()) {
      throw new PermanentFailureException(
          FailureCode.PREPARATION_INVALID,
          "%s. The stored images are %s: set preparation.crop below that, or test with the views center or flip."
              .formatted(objection.get(), stored));
    }
    try {
      return view.scales().stream()
          .flatMap(
              scale -> {
                Integer side = scale.shorterSide();
                ImageSize image = side == null ? stored : resized(stored, side);
                return crops(scale.crops(), image, input.crop()).stream()
                    .map(crop -> new ViewCrop(image, crop));
              })
          .distinct()
          .toList();
    } catch (IllegalArgumentException e) {
      throw new PermanentFailureException(
          FailureCode.PREPARATION_INVALID,
          "The crop of %d px does not fit the stored images of %s. Set preparation.crop to at most the stored size."
              .formatted(input.crop(), stored),
          e);
    }
  }

  private static ImageSize resized(ImageSize stored, int side) {
    ResizeSpec resize = ResizeSpec.shorterSide(side);
    return new ImageSize(
        resize.heightOf(stored.height(), stored.width()),
        resize.widthOf(stored.height(), stored.width()));
  }

  private static List<Crop> crops(List<CropName> names, ImageSize image, @Nullable Integer size) {
    int height = image.height();
    int width = image.width();
    if (size == null) {
      Crop whole = Crop.whole(height, width);
      return names.stream()
          .map(name -> name == CropName.CENTER_MIRRORED ? whole.mirror() : whole)
          .toList();
    }
    List<Crop> ten = Crop.tenCrop(height, width, size);
    if (names.equals(CropName.ALL)) {
      return ten;
    }
    // The mirror image of the centre crop. With an odd margin the tenth of the ten, which is the
    // centre of the mirrored image, lies one pixel beside it.
    return names.stream()
        .map(
            name ->
                name == CropName.CENTER_MIRRORED
                    ? Crop.center(height, width, size).mirror()
                    : ten.get(CropName.ALL.indexOf(name)))
        .toList();
  }
}
