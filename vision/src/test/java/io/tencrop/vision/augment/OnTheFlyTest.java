package io.tencrop.vision.augment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tencrop.vision.data.ArrayImages;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSize;
import io.tencrop.vision.data.RandomStream;
import io.tencrop.vision.data.RandomStream.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnTheFlyTest {
  private static final int SIDE = 12;

  /** Each pixel of each channel has a value of its own, so that any misplacement shows. */
  private static Bitmap ramp(int height, int width, int channels) {
    byte[] data = new byte[height * width * channels];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (i + 1);
    }
    return new Bitmap(height, width, channels, data);
  }

  private static RandomStream random(long image) {
    return RandomStream.of(5, Purpose.AUGMENT, 0, image);
  }

  private static String row(Bitmap image, int y) {
    StringBuilder row = new StringBuilder();
    for (int x = 0; x < image.width(); x++) {
      row.append((char) image.data()[y * image.width() + x]);
    }
    return row.toString();
  }

  /** What numpy.pad makes of "abcd" with a margin of 6, as torchvision calls it. */
  @ParameterizedTest
  @CsvSource({
    "EDGE, aaaaaaabcddddddd",
    "REFLECT, abcdcbabcdcbabcd",
    "SYMMETRIC, cddcbaabcddcbaab",
    "CONSTANT, ......abcd......"
  })
  void marginsAreNumpys(PaddingMode mode, String expected) {
    Canvas image = Canvas.of(new Bitmap(1, 4, 1, new byte[] {'a', 'b', 'c', 'd'}));
    new RandomCrop(16, 8, mode).crop(image, 0, -6);
    assertThat(row(image.bitmap(), 0).replace((char) 0, '.')).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void cropsHaveTheirPixelsFromTheirPlace(int channels) {
    Bitmap source = ramp(5, 7, channels);
    for (PaddingMode mode : PaddingMode.values()) {
      for (int top = -9; top <= 9; top++) {
        for (int left = -9; left <= 9; left++) {
          Canvas image = Canvas.of(source);
          new RandomCrop(4, 9, mode).crop(image, top, left);
          byte[] expected = new byte[4 * 4 * channels];
          for (int i = 0; i < expected.length; i++) {
            int row = mode.source(top + i / channels / 4, 5);
            int column = mode.source(left + i / channels % 4, 7);
            expected[i] =
                row < 0 || column < 0
                    ? 0
                    : source.data()[(row * 7 + column) * channels + i % channels];
          }
          assertThat(image.bitmap().data()).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void cropsAreSpreadEvenlyOverAllPlaces() {
    int[] rows = new int[9];
    int[] columns = new int[9];
    RandomCrop crop = new RandomCrop(SIDE, 4, PaddingMode.CONSTANT);
    byte[] data = new byte[SIDE * SIDE];
    int middle = SIDE / 2;
    data[middle * SIDE + middle] = 1;
    for (int i = 0; i < 9000; i++) {
      Canvas image = Canvas.of(new Bitmap(SIDE, SIDE, 1, data));
      crop.apply(image, random(i));
      int place = new String(image.bitmap().data(), ISO_8859_1).indexOf(1);
      rows[place / SIDE - middle + 4]++;
      columns[place % SIDE - middle + 4]++;
    }
    for (int i = 0; i < 9; i++) {
      assertThat(rows[i]).isBetween(850, 1150);
      assertThat(columns[i]).isBetween(850, 1150);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 6", "1, 7", "3, 6", "3, 7"})
  void flipsExchangeSides(int channels, int width) {
    Bitmap source = ramp(5, width, channels);
    Canvas horizontal = Canvas.of(source);
    HorizontalFlip.flip(horizontal);
    Canvas vertical = Canvas.of(source);
    VerticalFlip.flip(vertical);
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          byte pixel = source.data()[(y * width + x) * channels + c];
          assertThat(horizontal.pixels()[(y * width + width - 1 - x) * channels + c])
              .isEqualTo(pixel);
          assertThat(vertical.pixels()[((4 - y) * width + x) * channels + c]).isEqualTo(pixel);
        }
      }
    }
  }

  @Test
  void flipsHappenAsOftenAsAsked() {
    int flipped = 0;
    for (int i = 0; i < 10_000; i++) {
      Canvas image = Canvas.of(ramp(1, 4, 1));
      new HorizontalFlip(0.3).apply(image, random(i));
      flipped += image.pixels()[0] == 4 ? 1 : 0;
    }
    assertThat(flipped / 10_000.0).isCloseTo(0.3, within(0.015));
  }

  @Test
  void erasedRectanglesHaveTorchvisionsGeometry() {
    RandomErasing erasing = new RandomErasing(1, 0.02, 0.33, 0.3, 3.3, List.of(7));
    double area = 0;
    double logRatio = 0;
    int drawn = 20_000;
    for (int i = 0; i < drawn; i++) {
      Rectangle rectangle = erasing.draw(200, 200, random(i));
      assertThat(rectangle.height()).isBetween(1, 199);
      assertThat(rectangle.width()).isBetween(1, 199);
      assertThat(rectangle.top()).isBetween(0, 200 - rectangle.height());
      assertThat(rectangle.left()).isBetween(0, 200 - rectangle.width());
      double share = rectangle.height() * rectangle.width() / 40_000.0;
      assertThat(share).isBetween(0.019, 0.335);
      area += share;
      logRatio += Math.log((double) rectangle.height() / rectangle.width());
    }
    // 100,000 draws of torchvision 0.29's get_params at this size have a mean of 0.1747 +- 0.0003.
    assertThat(area / drawn).isCloseTo(0.1747, within(0.002));
    assertThat(logRatio / drawn).isCloseTo(0, within(0.02));
  }

  @Test
  void erasingPaintsItsRectangleOnly() {
    Canvas image = Canvas.of(ramp(6, 6, 3));
    new Rectangle(1, 2, 3, 2).fill(image, List.of(250, 251, 252));
    for (int y = 0; y < 6; y++) {
      for (int x = 0; x < 6; x++) {
        for (int c = 0; c < 3; c++) {
          int at = (y * 6 + x) * 3 + c;
          boolean within = y >= 1 && y < 4 && x >= 2 && x < 4;
          assertThat(image.pixels()[at]).isEqualTo((byte) (within ? 250 + c : at + 1));
        }
      }
    }
  }

  @Test
  void erasingLeavesAnImageWhereNothingFits() {
    RandomErasing erasing = new RandomErasing(1, 1, 1, 1, 1, List.of(0));
    Canvas image = Canvas.of(ramp(6, 6, 1));
    erasing.apply(image, random(1));
    assertThat(image.bitmap()).usingRecursiveComparison().isEqualTo(ramp(6, 6, 1));
  }

  @Test
  void cutoutIsClippedAtTheBorder() {
    Cutout cutout = new Cutout(8, List.of(0));
    assertThat(cutout.around(0, 16, 32, 32)).isEqualTo(new Rectangle(0, 12, 4, 8));
    assertThat(cutout.around(31, 31, 32, 32)).isEqualTo(new Rectangle(27, 27, 5, 5));
    assertThat(new Cutout(5, List.of(0)).around(10, 10, 32, 32))
        .isEqualTo(new Rectangle(8, 8, 5, 5));
  }

  @Test
  void whatBecomesOfAnImageDependsOnSeedEpochAndIdAlone() {
    ArrayImages images = ArrayImages.squares(20, 4, 3, SIDE, 1);
    List<Augmentation> operations =
        List.of(
            new RandomCrop(SIDE, 2, PaddingMode.REFLECT),
            new HorizontalFlip(0.5),
            new VerticalFlip(0.5),
            new RandomErasing(0.5, 0.02, 0.33, 0.3, 3.3, List.of(1, 2, 3)),
            new Cutout(3, List.of(9)));
    Augmenter forwards = new Augmenter(operations, 3, 5, Purpose.AUGMENT);
    Augmenter backwards = new Augmenter(operations, 3, 5, Purpose.AUGMENT);
    int bytes = SIDE * SIDE * 3;
    byte[][] results = new byte[40][bytes];
    for (int i = 0; i < 40; i++) {
      forwards.copy(images, i % 20, Crop.whole(SIDE, SIDE), i / 20, results[i], 0);
    }
    byte[] again = new byte[2 * bytes];
    for (int i = 39; i >= 0; i--) {
      backwards.copy(images, i % 20, Crop.whole(SIDE, SIDE), i / 20, again, bytes);
      assertThat(Arrays.copyOfRange(again, bytes, 2 * bytes)).isEqualTo(results[i]);
    }
    assertThat(again).startsWith(new byte[bytes]);
    Set<List<Byte>> different = new HashSet<>();
    for (byte[] result : results) {
      List<Byte> values = new ArrayList<>();
      for (byte value : result) {
        values.add(value);
      }
      different.add(values);
    }
    assertThat(different).hasSize(40);
    new Augmenter(operations, 3, 6, Purpose.AUGMENT)
        .copy(images, 3, Crop.whole(SIDE, SIDE), 0, again, 0);
    assertThat(Arrays.copyOf(again, bytes)).isNotEqualTo(results[3]);
  }

  @Test
  void sizesFollowTheOperations() {
    ImageSize size = new ImageSize(30, 40);
    assertThat(Augmenter.size(List.of(new HorizontalFlip(1)), size)).isEqualTo(size);
    assertThat(
            Augmenter.size(
                List.of(
                    new RandomCrop(34, 2, PaddingMode.EDGE),
                    new RandomCrop(32, 0, PaddingMode.EDGE)),
                size))
        .isEqualTo(new ImageSize(32, 32));
    assertThatThrownBy(() -> Augmenter.size(List.of(new RandomCrop(35, 2, PaddingMode.EDGE)), size))
        .hasMessageContaining("size 35")
        .hasMessageContaining("40 x 30");
  }

  @Test
  void wrongSettingsAreRefused() {
    assertThatThrownBy(() -> new HorizontalFlip(1.5)).hasMessageContaining("1.5");
    assertThatThrownBy(() -> new RandomErasing(1, 0.5, 0.2, 1, 1, List.of(0)))
        .hasMessageContaining("scale [0.5, 0.2]");
    assertThatThrownBy(() -> new RandomErasing(1, 0.2, 0.5, 0, 1, List.of(0)))
        .hasMessageContaining("ratio [0.0, 1.0]");
    assertThatThrownBy(() -> new Cutout(4, List.of(256))).hasMessageContaining("256");
    assertThatThrownBy(() -> new RandomCrop(0, 4, PaddingMode.EDGE)).hasMessageContaining("size 0");
  }
}
