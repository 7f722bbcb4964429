package io.tencrop.vision.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.vision.augment.HorizontalFlip;
import io.tencrop.vision.augment.PaddingMode;
import io.tencrop.vision.augment.RandomCrop;
import io.tencrop.vision.data.ArrayImages;
import io.tencrop.vision.data.VariantImages;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.training.BatchLoader.Batch;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BatchLoaderTest {
  private static final InputTransform PLAIN = new InputTransform(null, false, List.of(), List.of());
  private static final InputTransform AUGMENTED =
      PLAIN.withAugment(List.of(new RandomCrop(8, 2, PaddingMode.EDGE), new HorizontalFlip(0.5)));

  /** What an epoch shows, whatever its batches: the images by their contents. */
  private static Set<String> epoch(BatchLoader loader, int epoch) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < loader.batches(); i++) {
      Batch batch = loader.ofStep((long) epoch * loader.batches() + i + 1);
      for (int image = 0; image < batch.size(); image++) {
        seen.add(
            Arrays.toString(
                Arrays.copyOfRange(batch.pixels().bytes(), image * 64, (image + 1) * 64)));
      }
    }
    return seen;
  }

  @Test
  void theBatchSizeDoesNotChangeWhatBecomesOfAnImage() {
    ArrayImages images = ArrayImages.squares(30, 4, 1, 8, 1);
    BatchLoader small = new BatchLoader(images, AUGMENTED, 4, 9);
    BatchLoader large = new BatchLoader(images, AUGMENTED, 30, 9);
    for (int i = 0; i < 3; i++) {
      assertThat(epoch(small, i)).hasSize(30).isEqualTo(epoch(large, i));
    }
    assertThat(epoch(small, 0)).isNotEqualTo(epoch(small, 1));
  }

  @Test
  void anEpochShowsItsVariant() throws Exception {
    ArrayImages bright = ArrayImages.squares(30, 4, 1, 8, 1);
    byte[][] dark = new byte[30][64];
    ArrayImages black = new ArrayImages(dark, bright.labels(), 1, 8, 8);
    BatchLoader loader = new BatchLoader(new VariantImages(List.of(bright, black)), PLAIN, 7, 9);
    assertThat(epoch(loader, 0)).hasSize(30).isEqualTo(epoch(loader, 2));
    assertThat(epoch(loader, 1)).containsExactly(Arrays.toString(new byte[64]));
  }

  @Test
  void testingShowsTheImagesAsTheyAre() {
    ArrayImages images = ArrayImages.squares(5, 4, 1, 8, 1);
    Batch batch = new BatchLoader(images, AUGMENTED, 8, 9).testing(0);
    for (int i = 0; i < 5; i++) {
      assertThat(Arrays.copyOfRange(batch.pixels().bytes(), i * 64, (i + 1) * 64))
          .isEqualTo(images.images()[i]);
    }
  }

  @Test
  void aBatchIsStillWholeWhileTheNextIsRead() {
    ArrayImages images = ArrayImages.squares(30, 4, 1, 8, 1);
    BatchLoader loader = new BatchLoader(images, AUGMENTED, 10, 9);
    TreeMap<Long, byte[]> copies = new TreeMap<>();
    Batch before = loader.ofStep(1);
    copies.put(1L, before.pixels().bytes().clone());
    for (long step = 2; step <= 9; step++) {
      Batch next = loader.ofStep(step);
      assertThat(before.pixels().bytes()).isEqualTo(copies.get(step - 1));
      copies.put(step, next.pixels().bytes().clone());
      before = next;
    }
  }
}
