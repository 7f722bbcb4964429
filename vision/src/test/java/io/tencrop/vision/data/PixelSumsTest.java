package io.tencrop.vision.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PixelSumsTest {
  private static Bitmap noise(Random random, int channels, int floor) {
    int height = 1 + random.nextInt(20);
    int width = 1 + random.nextInt(20);
    byte[] data = new byte[height * width * channels];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (floor + random.nextInt(256 - floor) * (i % channels + 1) / channels);
    }
    return new Bitmap(height, width, channels, data);
  }

  private static PixelSums sums(List<Bitmap> images, int channels) {
    return images.stream().map(PixelSums::of).reduce(PixelSums.none(channels), PixelSums::plus);
  }

  @Test
  void agreesWithTheTextbook() {
    Random random = new Random(5);
    for (int channels : new int[] {1, 3}) {
      List<Bitmap> images = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        images.add(noise(random, channels, i));
      }
      PixelSums sums = sums(images, channels);
      for (int c = 0; c < channels; c++) {
        List<Double> values = new ArrayList<>();
        for (Bitmap image : images) {
          for (int i = c; i < image.data().length; i += channels) {
            values.add((image.data()[i] & 0xff) / 255.0);
          }
        }
        double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
        double variance =
            values.stream().mapToDouble(v -> (v - mean) * (v - mean)).average().orElseThrow();
        assertThat(sums.pixels()).isEqualTo(values.size());
        assertThat(sums.mean().get(c)).isCloseTo(mean, within(1e-14));
        assertThat(sums.std().get(c)).isCloseTo(Math.sqrt(variance), within(1e-14));
      }
    }
  }

  @Test
  void orderAndGroupingDoNotMatterToTheBit() {
    Random random = new Random(6);
    List<Bitmap> images = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      images.add(noise(random, 3, 0));
    }
    PixelSums expected = sums(images, 3);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(images, random);
      int cut = random.nextInt(images.size());
      assertThat(sums(images.subList(cut, 40), 3).plus(sums(images.subList(0, cut), 3)))
          .isEqualTo(expected);
    }
  }

  @Test
  void extremesAreExact() {
    byte[] white = new byte[12];
    java.util.Arrays.fill(white, (byte) 255);
    PixelSums sums = PixelSums.of(new Bitmap(2, 2, 3, white));
    assertThat(sums.mean()).containsOnly(1.0);
    assertThat(sums.std()).containsOnly(0.0);
    PixelSums half = PixelSums.of(new Bitmap(1, 2, 1, new byte[] {0, (byte) 255}));
    assertThat(half.mean()).containsExactly(0.5);
    assertThat(half.std()).containsExactly(0.5);
    PixelSums many = new PixelSums(1L << 46, List.of(255L << 46), List.of(65025L << 46));
    assertThat(many.mean()).containsExactly(1.0);
    assertThat(many.std()).containsExactly(0.0);
    assertThatThrownBy(() -> many.plus(many).plus(many)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> PixelSums.none(1).mean()).isInstanceOf(IllegalStateException.class);
  }
}
