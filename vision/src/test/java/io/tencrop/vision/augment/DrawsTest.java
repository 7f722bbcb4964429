package io.tencrop.vision.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tencrop.vision.augment.ColorJitter.Adjustment;
import io.tencrop.vision.augment.ColorJitter.Kind;
import io.tencrop.vision.augment.RandAugment.Operation;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.ImageSize;
import io.tencrop.vision.data.RandomStream;
import io.tencrop.vision.data.RandomStream.Purpose;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That parameters are drawn from torchvision's distributions. */
class DrawsTest {
  private static final int DRAWS = 20_000;

  private static RandomStream random(long image) {
    return RandomStream.of(5, Purpose.VARIANT, 0, image);
  }

  @Test
  void resizedCropsHaveTorchvisionsGeometry() {
    RandomResizedCrop crop = new RandomResizedCrop(224, 0.08, 1, 3 / 4.0, 4 / 3.0);
    double area = 0;
    double logRatio = 0;
    double top = 0;
    for (int i = 0; i < DRAWS; i++) {
      Rectangle part = crop.draw(375, 500, random(i));
      assertThat(part.top()).isBetween(0, 375 - part.height());
      assertThat(part.left()).isBetween(0, 500 - part.width());
      double share = part.height() * part.width() / (375.0 * 500);
      assertThat(share).isBetween(0.079, 1.0);
      area += share;
      logRatio += Math.log((double) part.width() / part.height());
      top += part.top();
    }
    // What 100,000 draws of torchvision 0.29's get_params give at this size.
    assertThat(area / DRAWS).isCloseTo(0.4338, within(0.006));
    assertThat(logRatio / DRAWS).isCloseTo(0.0310, within(0.005));
    assertThat(top / DRAWS).isCloseTo(52.3, within(1.5));
  }

  @ParameterizedTest
  @CsvSource({"100, 1000, 0, 433, 100, 133", "1000, 100, 433, 0, 133, 100"})
  void resizedCropsFallBackToTheCentre(
      int height, int width, int top, int left, int partHeight, int partWidth) {
    RandomResizedCrop crop = new RandomResizedCrop(32, 1, 1, 3 / 4.0, 4 / 3.0);
    assertThat(crop.draw(height, width, random(1)))
        .isEqualTo(new Rectangle(top, left, partHeight, partWidth));
  }

  @Test
  void anglesAreUniform() {
    Rotation rotation = new Rotation(-10, 30, Interpolation.NEAREST, 0);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      double angle = rotation.draw(random(i));
      assertThat(angle).isBetween(-10.0, 30.0);
      sum += angle;
      squares += (angle - 10) * (angle - 10);
    }
    assertThat(sum / DRAWS).isCloseTo(10, within(0.3));
    assertThat(squares / DRAWS).isCloseTo(40.0 * 40 / 12, within(3.0));
  }

  @Test
  void jitterDrawsEachFactorUniformlyAndEachOrderAsOften() {
    ColorJitter jitter = new ColorJitter(0.4, 1.5, 0.2, 0.1);
    Map<Kind, Double> sums = new HashMap<>();
    Map<List<Kind>, Integer> orders = new HashMap<>();
    for (int i = 0; i < DRAWS; i++) {
      List<Adjustment> adjustments = jitter.draw(random(i));
      orders.merge(adjustments.stream().map(Adjustment::kind).toList(), 1, Integer::sum);
      for (Adjustment adjustment : adjustments) {
        sums.merge(adjustment.kind(), adjustment.value(), Double::sum);
        switch (adjustment.kind()) {
          case BRIGHTNESS -> assertThat(adjustment.value()).isBetween(0.6, 1.4);
          case CONTRAST -> assertThat(adjustment.value()).isBetween(0.0, 2.5);
          case SATURATION -> assertThat(adjustment.value()).isBetween(0.8, 1.2);
          case HUE -> assertThat(adjustment.value()).isBetween(-0.1, 0.1);
        }
      }
    }
    assertThat(orders).hasSize(24);
    assertThat(orders.values()).allSatisfy(times -> assertThat(times).isBetween(700, 970));
    assertThat(sums.get(Kind.BRIGHTNESS) / DRAWS).isCloseTo(1, within(0.01));
    assertThat(sums.get(Kind.CONTRAST) / DRAWS).isCloseTo(1.25, within(0.02));
    assertThat(sums.get(Kind.SATURATION) / DRAWS).isCloseTo(1, within(0.01));
    assertThat(sums.get(Kind.HUE) / DRAWS).isCloseTo(0, within(0.002));
  }

  @Test
  void jitterLeavesAloneWhatIsNotAsked() {
    assertThat(new ColorJitter(0.4, 0, 0, 0.1).draw(random(1)))
        .extracting(Adjustment::kind)
        .containsExactlyInAnyOrder(Kind.BRIGHTNESS, Kind.HUE);
  }

  /** Torchvision's {@code _augmentation_space(31, (224, 200))} at bin 9 and 25. */
  @ParameterizedTest
  @CsvSource({
    "SHEAR_X, 0.09000000357627869, 0.25",
    "TRANSLATE_X, 27.190332412719727, 75.52869415283203",
    "TRANSLATE_Y, 30.45317268371582, 84.59214782714844",
    "ROTATE, 9, 25",
    "CONTRAST, 0.26999998092651367, 0.75",
    "POSTERIZE, 7, 5",
    "SOLARIZE, 178.5, 42.5",
    "EQUALIZE, 0, 0"
  })
  void magnitudesAreTorchvisions(Operation operation, double low, double high) {
    assertThat(operation.at(9, 31, 224, 200)).isEqualTo(low);
    assertThat(operation.at(25, 31, 224, 200)).isEqualTo(high);
  }

  @Test
  void signsAreTorchvisions() {
    for (Operation operation : Operation.values()) {
      assertThat(operation.isSigned())
          .isEqualTo(
              switch (operation) {
                case IDENTITY, POSTERIZE, SOLARIZE, AUTO_CONTRAST, EQUALIZE -> false;
                default -> true;
              });
    }
  }

  @Test
  void randAugmentDrawsOperationsAndSignsEvenly() {
    RandAugment augment =
        new RandAugment(
            1, 10, 31, List.of(Operation.BRIGHTNESS, Operation.SOLARIZE), Interpolation.NEAREST, 0);
    Map<Integer, Integer> results = new HashMap<>();
    for (int i = 0; i < DRAWS; i++) {
      Canvas image = Canvas.of(new Bitmap(1, 1, 1, new byte[] {(byte) 180}));
      augment.apply(image, random(i));
      results.merge(image.pixels()[0] & 0xff, 1, Integer::sum);
    }
    // 180 brightened by 1 +- 0.3 as torchvision does, or solarized from 170 on.
    assertThat(results.keySet()).containsExactlyInAnyOrder(126, 233, 75);
    assertThat(results.get(126)).isBetween(4800, 5200);
    assertThat(results.get(233)).isBetween(4800, 5200);
    assertThat(results.get(75)).isBetween(9800, 10200);
  }

  @Test
  void wrongSettingsAreRefused() {
    assertThatThrownBy(() -> new Rotation(20, 10, Interpolation.NEAREST, 0))
        .hasMessageContaining("[20.0, 10.0]");
    assertThatThrownBy(() -> new ColorJitter(0.1, 0.1, 0.1, 0.6)).hasMessageContaining("0.6");
    assertThatThrownBy(
            () -> new RandAugment(2, 31, 31, List.of(Operation.ROTATE), Interpolation.NEAREST, 0))
        .hasMessageContaining("31 of 31");
    assertThatThrownBy(() -> new RandomResizedCrop(0, 0.1, 1, 1, 1)).hasMessageContaining("size");
    assertThat(new RandomResizedCrop(8, 0.1, 1, 1, 1).size(new ImageSize(3, 4)))
        .isEqualTo(new ImageSize(8, 8));
  }
}
