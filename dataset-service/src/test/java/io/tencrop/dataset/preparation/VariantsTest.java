package io.tencrop.dataset.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.contracts.spec.ResizeSpec;
import io.tencrop.contracts.spec.ShardAugmentSpec;
import io.tencrop.contracts.spec.ShardAugmentSpec.ColorJitter;
import io.tencrop.contracts.spec.ShardAugmentSpec.Grayscale;
import io.tencrop.contracts.spec.ShardAugmentSpec.Interpolation;
import io.tencrop.contracts.spec.ShardAugmentSpec.Operation;
import io.tencrop.contracts.spec.ShardAugmentSpec.RandAugment;
import io.tencrop.contracts.spec.ShardAugmentSpec.RandOperation;
import io.tencrop.contracts.spec.ShardAugmentSpec.RandomResizedCrop;
import io.tencrop.contracts.spec.ShardAugmentSpec.Rotation;
import io.tencrop.dataset.source.UnusableImageException;
import io.tencrop.vision.augment.Augmentation;
import io.tencrop.vision.augment.Augmenter;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.ImageSize;
import io.tencrop.vision.data.RandomStream.Purpose;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VariantsTest {
  private static final Framing FRAMING = new Framing(ResizeSpec.square(16), new ImageSize(16, 16));

  private static Bitmap photo(int height, int width) {
    byte[] pixels = new byte[height * width * 3];
    new Random(height).nextBytes(pixels);
    return new Bitmap(height, width, 3, pixels);
  }

  private static Variants variants(long seed, Operation... operations) {
    return new Variants(new ShardAugmentSpec(4, List.of(operations), seed), FRAMING, 3);
  }

  /** What the vision library makes of the source's image, or of the image as it is stored. */
  private static byte[] expected(Augmentation augmentation, Bitmap begin, long id, int variant) {
    return new Augmenter(List.of(augmentation), 3, 9, Purpose.VARIANT)
        .apply(begin, id, variant)
        .data();
  }

  @Test
  void everyOperationOfTheContractsIsKnown() throws UnusableImageException {
    Bitmap photo = photo(30, 40);
    Bitmap stored = photo.resized(16, 16);
    Map<Operation, byte[]> results = new HashMap<>();
    results.put(
        new RandomResizedCrop(16, List.of(0.2, 0.6), List.of(0.5, 2.0)),
        expected(
            new io.tencrop.vision.augment.RandomResizedCrop(16, 0.2, 0.6, 0.5, 2), photo, 3, 1));
    results.put(
        new Rotation(20, Interpolation.BILINEAR, 5),
        expected(
            new io.tencrop.vision.augment.Rotation(
                -20, 20, io.tencrop.vision.augment.Interpolation.BILINEAR, 5),
            stored,
            3,
            1));
    results.put(
        new ColorJitter(0.1, 0.2, 0.3, 0.4),
        expected(new io.tencrop.vision.augment.ColorJitter(0.1, 0.2, 0.3, 0.4), stored, 3, 1));
    results.put(
        new Grayscale(1), expected(new io.tencrop.vision.augment.Grayscale(1), stored, 3, 1));
    results.put(
        new RandAugment(
            3,
            20,
            31,
            List.of(RandOperation.SHEAR_X, RandOperation.SOLARIZE),
            Interpolation.NEAREST,
            9),
        expected(
            new io.tencrop.vision.augment.RandAugment(
                3,
                20,
                31,
                List.of(
                    io.tencrop.vision.augment.RandAugment.Operation.SHEAR_X,
                    io.tencrop.vision.augment.RandAugment.Operation.SOLARIZE),
                io.tencrop.vision.augment.Interpolation.NEAREST,
                9),
            stored,
            3,
            1));
    assertThat(Operation.class.getPermittedSubclasses()).hasSameSizeAs(results.keySet());
    for (Map.Entry<Operation, byte[]> result : results.entrySet()) {
      Bitmap made = variants(9, result.getKey()).of(photo, 3, 1);
      assertThat(made.height()).isEqualTo(16);
      assertThat(made.data()).as(result.getKey().toString()).isEqualTo(result.getValue());
      assertThat(made.data()).isNotEqualTo(stored.data());
    }
    for (RandOperation known : RandOperation.values()) {
      variants(1, new RandAugment(1, 9, 31, List.of(known), Interpolation.BILINEAR, 0))
          .of(photo, 1, 0);
    }
  }

  @Test
  void aVariantDependsOnSeedImageAndVariantAlone() throws UnusableImageException {
    Bitmap photo = photo(30, 40);
    Operation jitter = new ColorJitter(0.3, 0.3, 0.3, 0.1);
    Variants variants = variants(1, jitter);
    byte[] made = variants.of(photo, 3, 1).data();
    assertThat(variants.of(photo, 3, 0).data()).isNotEqualTo(made);
    assertThat(variants.of(photo, 4, 1).data()).isNotEqualTo(made);
    assertThat(variants(2, jitter).of(photo, 3, 1).data()).isNotEqualTo(made);
    assertThat(Arrays.equals(variants.of(photo, 3, 1).data(), made)).isTrue();
  }
}
