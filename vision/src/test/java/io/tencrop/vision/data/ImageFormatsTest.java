package io.tencrop.vision.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tencrop.vision.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with Pillow, format by format; {@code tools/image-goldens} writes the file. */
class ImageFormatsTest {
  private static final Path GOLDENS =
      Path.of("src", "test", "resources", "images", "pillow.safetensors");
  private static final String PIXELS = ".pixels";

  static List<String> names() throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(GOLDENS)) {
      return file.header().tensors().keySet().stream()
          .filter(name -> !name.endsWith(PIXELS))
          .sorted()
          .toList();
    }
  }

  private static byte[] bytes(String name) throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(GOLDENS)) {
      ByteBuffer data = file.data(name);
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      return bytes;
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void givesPillowsPixels(String name) throws IOException {
    byte[] encoded = bytes(name);
    byte[] expected = bytes(name + PIXELS);
    for (Bitmap image :
        List.of(ImageDecoder.decode(encoded), ImageDecoder.decodeByPlatform(encoded))) {
      try (SafetensorsFile file = SafetensorsFile.open(GOLDENS)) {
        assertThat(List.of((long) image.height(), (long) image.width(), 3L))
            .isEqualTo(file.tensor(name + PIXELS).shape());
      }
      assertThat(ImageDecoder.size(encoded))
          .isEqualTo(new ImageSize(image.height(), image.width()));
      byte[] actual = image.withChannels(3).data();
      int largest = 0;
      long sum = 0;
      for (int i = 0; i < actual.length; i++) {
        int difference = Math.abs((actual[i] & 0xff) - (expected[i] & 0xff));
        largest = Math.max(largest, difference);
        sum += difference;
      }
      assertThat(largest).as("largest of %s, mean %s", name, sum / (double) actual.length).isZero();
    }
  }

  /** What is decoded must be what was measured. */
  @Test
  void anImageHasOneSize() throws IOException {
    byte[] webp = bytes("webp-exif");
    int frame = new String(webp, StandardCharsets.ISO_8859_1).indexOf("VP8L") + 9;
    ByteBuffer.wrap(webp).putInt(frame, 0xffffff0f);
    assertThatThrownBy(() -> ImageDecoder.decode(webp))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("not within its screen");

    byte[] jpeg = bytes("jpeg-exif-1");
    int header = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00c0");
    ByteBuffer twice = ByteBuffer.allocate(jpeg.length + 19);
    twice.put(jpeg, 0, jpeg.length - 2).put(jpeg, header, 19).put(jpeg, jpeg.length - 2, 2);
    assertThatThrownBy(() -> ImageDecoder.decode(twice.array()))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("two images in one");
  }

  static Stream<String> oneOfEachFormat() {
    return Stream.of(
        "jpeg-exif-1",
        "jpeg-cmyk-progressive",
        "png-rgb",
        "png-palette",
        "gif",
        "bmp-rgb",
        "webp-lossy",
        "webp-lossless");
  }

  @ParameterizedTest
  @MethodSource("oneOfEachFormat")
  void whatWasCutOffIsRefusedByItsHeadersAlone(String name) throws IOException {
    byte[] whole = bytes(name);
    int end = name.equals("gif") ? whole.length - 1 : whole.length; // its trailer says nothing
    for (int length = 0; length < end; length += length < 64 ? 1 : 13) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> ImageDecoder.size(part))
          .as("%s of %d bytes", name, length)
          .isInstanceOf(ImageFormatException.class);
    }
    byte[] last = Arrays.copyOf(whole, end - 1);
    assertThatThrownBy(() -> ImageDecoder.size(last)).hasMessage("it is truncated");
  }
}
