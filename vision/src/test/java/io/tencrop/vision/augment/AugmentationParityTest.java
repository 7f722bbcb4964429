package io.tencrop.vision.augment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.reflect.TypeToken;
import io.tencrop.vision.augment.RandAugment.Operation;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.safetensors.SafetensorsFile;
import io.tencrop.vision.safetensors.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares with torchvision's transforms of the same images with the same parameters, on its PIL
 * backend; {@code tools/augment-goldens} writes the file.
 */
class AugmentationParityTest {
  private static final Path GOLDENS =
      Path.of("src", "test", "resources", "augment", "torchvision.safetensors");
  private static final Logger LOG = LoggerFactory.getLogger(AugmentationParityTest.class);

  private static final Map<String, Bitmap> BITMAPS = new HashMap<>();
  private static final Map<String, Difference> DIFFERENCES = new TreeMap<>();

  record Case(String key, String image, String operation, JsonObject parameters) {
    double number(String name) {
      return parameters.get(name).getAsDouble();
    }

    int whole(String name) {
      return parameters.get(name).getAsInt();
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) {
      return Enum.valueOf(type, parameters.get(name).getAsString().toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
      return image + " " + operation + " " + parameters;
    }
  }

  /** In grey levels. */
  record Difference(int max, double mean) {
    Difference worse(Difference other) {
      return new Difference(Math.max(max, other.max), Math.max(mean, other.mean));
    }
  }

  @BeforeAll
  static void readBitmaps() throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(GOLDENS)) {
      for (Map.Entry<String, TensorInfo> tensor : file.header().tensors().entrySet()) {
        List<Long> shape = tensor.getValue().shape();
        ByteBuffer data = file.data(tensor.getKey());
        byte[] pixels = new byte[data.remaining()];
        data.get(pixels);
        BITMAPS.put(
            tensor.getKey(),
            new Bitmap(
                shape.get(0).intValue(), shape.get(1).intValue(), shape.get(2).intValue(), pixels));
      }
    }
  }

  static Stream<Case> cases() throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(GOLDENS)) {
      List<Case> cases =
          new Gson()
              .fromJson(file.header().metadata().get("cases"), new TypeToken<List<Case>>() {});
      return cases.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isWhatTorchvisionMakes(Case golden) {
    Canvas canvas = Canvas.of(BITMAPS.get(golden.image()));
    apply(golden, canvas);
    Bitmap actual = canvas.bitmap();
    Bitmap expected = BITMAPS.get(golden.key());
    assertThat(List.of(actual.height(), actual.width(), actual.channels()))
        .containsExactly(expected.height(), expected.width(), expected.channels());
    Difference difference = difference(expected.data(), actual.data());
    DIFFERENCES.merge(golden.operation(), difference, Difference::worse);
    assertThat(difference.max()).isZero();
  }

  private static Difference difference(byte[] expected, byte[] actual) {
    int max = 0;
    long sum = 0;
    for (int i = 0; i < expected.length; i++) {
      int distance = Math.abs((expected[i] & 0xff) - (actual[i] & 0xff));
      max = Math.max(max, distance);
      sum += distance;
    }
    return new Difference(max, (double) sum / expected.length);
  }

  private static void apply(Case golden, Canvas image) {
    switch (golden.operation()) {
      case "rotate" ->
          Rotation.rotate(
              image,
              golden.number("angle"),
              golden.constant("interpolation", Interpolation.class),
              golden.whole("fill"));
      case "resizedCrop" ->
          new RandomResizedCrop(golden.whole("size"), 1, 1, 1, 1)
              .resize(
                  image,
                  new Rectangle(
                      golden.whole("top"),
                      golden.whole("left"),
                      golden.whole("height"),
                      golden.whole("width")));
      case "pad" ->
          new RandomCrop(
                  golden.whole("size"),
                  golden.whole("padding"),
                  golden.constant("mode", PaddingMode.class))
              .crop(image, golden.whole("top"), golden.whole("left"));
      case "brightness" -> Colors.brightness(image, golden.number("factor"));
      case "contrast" -> Colors.contrast(image, golden.number("factor"));
      case "saturation" -> Colors.saturation(image, golden.number("factor"));
      case "hue" -> Colors.hue(image, golden.number("factor"));
      case "grayscale" -> Colors.grayscale(image);
      case "horizontalFlip" -> HorizontalFlip.flip(image);
      case "verticalFlip" -> VerticalFlip.flip(image);
      default ->
          operation(golden.operation())
              .apply(
                  image,
                  golden.number("magnitude"),
                  golden.constant("interpolation", Interpolation.class),
                  golden.whole("fill"));
    }
  }

  /** By torchvision's name, for example {@code ShearX}. */
  private static Operation operation(String name) {
    return Operation.valueOf(name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
  }

  @AfterAll
  static void tell() {
    DIFFERENCES.forEach(
        (operation, difference) ->
            LOG.info("{}: max {}, mean {}", operation, difference.max(), difference.mean()));
  }
}
