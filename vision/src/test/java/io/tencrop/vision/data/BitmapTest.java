package io.tencrop.vision.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers are those of Pillow 11.3, for the image that {@link #pattern} makes. */
class BitmapTest {
  static Bitmap pattern(int height, int width, int channels) {
    byte[] data = new byte[height * width * channels];
    int i = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          data[i++] = (byte) (x * x * 7 + y * 13 + c * 31 + x * y * 5);
        }
      }
    }
    return new Bitmap(height, width, channels, data);
  }

  private static int[] values(Bitmap image) {
    int[] values = new int[image.data().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = image.data()[i] & 0xff;
    }
    return values;
  }

  private static long crc(Bitmap image) {
    CRC32 crc = new CRC32();
    crc.update(image.data());
    return crc.getValue();
  }

  @Test
  void shrinksLikePillow() {
    assertThat(values(pattern(5, 7, 1).resized(3, 4)))
        .containsExactly(11, 44, 125, 172, 36, 80, 164, 135, 60, 117, 176, 113);
  }

  @Test
  void growsLikePillow() {
    assertThat(values(pattern(5, 7, 1).resized(6, 9)))
        .startsWith(0, 5, 16, 36, 63, 101, 147, 201, 252, 10, 17, 32, 54, 84, 125, 174, 167, 92)
        .endsWith(136, 52, 70, 97, 132, 175, 229, 148, 103, 168);
  }

  @ParameterizedTest
  @CsvSource({
    "28, 28, 1, 36, 36, 2059587",
    "67, 101, 3, 64, 64, 3232378884",
    "500, 375, 3, 224, 224, 666242624",
    "40, 33, 3, 33, 40, 377909059"
  })
  void resizesLikePillowToTheBit(
      int height, int width, int channels, int newHeight, int newWidth, long crc) {
    assertThat(crc(pattern(height, width, channels).resized(newHeight, newWidth))).isEqualTo(crc);
  }

  @Test
  void rgbBecomesGreyByPillowsLuma() {
    assertThat(values(pattern(2, 5, 3).withChannels(1)))
        .containsExactly(25, 32, 53, 88, 137, 38, 50, 76, 116, 170);
    assertThat(crc(pattern(67, 101, 3).withChannels(1))).isEqualTo(998664765L);
  }

  @Test
  void greyBecomesRgbByCopying() {
    Bitmap rgb = new Bitmap(1, 2, 1, new byte[] {7, -1}).withChannels(3);
    assertThat(values(rgb)).containsExactly(7, 7, 7, 255, 255, 255);
    assertThat(values(rgb.withChannels(1))).containsExactly(7, 255);
  }

  @Test
  void dataMustFitTheSize() {
    assertThatThrownBy(() -> new Bitmap(2, 2, 3, new byte[11]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("11 bytes");
  }
}
