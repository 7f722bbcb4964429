package io.tencrop.vision.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CropTest {
  @Test
  void centerRoundsHalfToEvenLikeTorchvision() {
    assertThat(Crop.center(36, 36, 32)).isEqualTo(new Crop(2, 2, 32, 32, false));
    assertThat(Crop.center(35, 37, 32)).isEqualTo(new Crop(2, 2, 32, 32, false));
    assertThat(Crop.center(33, 39, 32)).isEqualTo(new Crop(0, 4, 32, 32, false));
  }

  @Test
  void tenCropHasTorchvisionsOrder() {
    List<Crop> crops = Crop.tenCrop(5, 7, 4);
    assertThat(crops)
        .containsExactly(
            new Crop(0, 0, 4, 4, false),
            new Crop(0, 3, 4, 4, false),
            new Crop(1, 0, 4, 4, false),
            new Crop(1, 3, 4, 4, false),
            new Crop(0, 2, 4, 4, false),
            new Crop(0, 3, 4, 4, true),
            new Crop(0, 0, 4, 4, true),
            new Crop(1, 3, 4, 4, true),
            new Crop(1, 0, 4, 4, true),
            new Crop(0, 1, 4, 4, true));
  }

  @Test
  void mirrorExchangesLeftAndRight() {
    byte[] pixels = new byte[2];
    ImageSet image = new ArrayImages(new byte[][] {{1, 2, 3}}, new int[] {0}, 1, 1, 3);
    image.copyCrop(0, new Crop(0, 1, 1, 2, false).mirror(), pixels, 0);
    assertThat(pixels).containsExactly(3, 2);
    assertThat(new Crop(0, 1, 1, 2, false).mirror().mirror().mirrored()).isFalse();
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> Crop.center(28, 28, 32)).hasMessageContaining("32x32");
    assertThatThrownBy(() -> Crop.tenCrop(28, 40, 32)).hasMessageContaining("28x40");
  }
}
