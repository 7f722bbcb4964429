package io.tencrop.vision.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class VariantImagesTest {
  private static ArrayImages images(int... levels) {
    byte[][] pixels = new byte[levels.length][1];
    for (int i = 0; i < levels.length; i++) {
      pixels[i][0] = (byte) levels[i];
    }
    return new ArrayImages(pixels, new int[levels.length], 1, 1, 1);
  }

  private static byte pixel(ImageSet images, int index) {
    byte[] pixel = new byte[1];
    images.copyCrop(index, Crop.whole(1, 1), pixel, 0);
    return pixel[0];
  }

  @Test
  void epochsSeeTheVariantsInTurn() throws ShardFormatException {
    VariantImages variants = new VariantImages(List.of(images(1, 2), images(11, 12)));
    assertThat(variants.size()).isEqualTo(2);
    assertThat(pixel(variants, 1)).isEqualTo((byte) 2);
    for (int epoch = 0; epoch < 5; epoch++) {
      assertThat(pixel(variants.ofEpoch(epoch), 1)).isEqualTo((byte) (epoch % 2 == 0 ? 2 : 12));
    }
  }

  @Test
  void variantsHoldTheSameImages() {
    assertThatThrownBy(() -> new VariantImages(List.of(images(1, 2), images(1))))
        .hasMessageContaining("variant 1 holds other images");
    ArrayImages relabelled = new ArrayImages(images(1, 2).images(), new int[] {0, 1}, 1, 1, 1);
    assertThatThrownBy(() -> new VariantImages(List.of(images(1, 2), images(3, 4), relabelled)))
        .hasMessageContaining("variant 2 holds other images");
    assertThatThrownBy(() -> new VariantImages(List.of())).hasMessageContaining("no variants");
  }
}
