package io.tencrop.vision.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizedImagesTest {
  private static ArrayImages noise(int channels, int height, int width) {
    byte[][] images = new byte[3][height * width * channels];
    Random random = new Random(5);
    for (byte[] image : images) {
      random.nextBytes(image);
    }
    return new ArrayImages(images, new int[] {2, 0, 1}, channels, height, width);
  }

  @ParameterizedTest
  @CsvSource({"1, 9, 14", "3, 14, 9", "3, 40, 30"})
  void cropsAreThoseOfTheResizedImage(int channels, int height, int width) {
    ArrayImages stored = noise(channels, height, width);
    ImageSize size = new ImageSize(20, 17);
    ResizedImages resized = new ResizedImages(stored, size);
    assertThat(resized.size()).isEqualTo(3);
    assertThat(resized.label(2)).isEqualTo(1);
    for (int image : new int[] {1, 0, 0, 2, 1}) {
      Bitmap expected = new Bitmap(height, width, channels, stored.images()[image]).resized(20, 17);
      for (Crop crop : Crop.tenCrop(20, 17, 12)) {
        byte[] pixels = new byte[12 * 12 * channels + 2];
        resized.copyCrop(image, crop, pixels, 2);
        byte[] wanted = new byte[pixels.length];
        new ArrayImages(new byte[][] {expected.data()}, new int[1], channels, 20, 17)
            .copyCrop(0, crop, wanted, 2);
        assertThat(pixels).isEqualTo(wanted);
      }
    }
  }

  @Test
  void cropsBeyondTheResizedImageAreRefused() {
    ResizedImages resized = new ResizedImages(noise(1, 9, 9), new ImageSize(5, 5));
    assertThatThrownBy(() -> resized.copyCrop(0, Crop.whole(6, 5), new byte[30], 0))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("an image of 5x5");
  }
}
