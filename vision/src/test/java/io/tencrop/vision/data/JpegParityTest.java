package io.tencrop.vision.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tencrop.vision.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with what Pillow decodes; {@code tools/jpeg-goldens} writes the file. */
class JpegParityTest {
  private static final Path GOLDENS =
      Path.of("src", "test", "resources", "jpeg", "pillow.safetensors");
  private static final @Nullable TurboJpeg LIBRARY = TurboJpeg.find();

  private static final Map<String, byte[]> FILES = new HashMap<>();
  private static final Map<String, String> DIGESTS = new HashMap<>();

  static Stream<String> names() throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(GOLDENS)) {
      return file.header().tensors().keySet().stream();
    }
  }

  @BeforeAll
  static void read() throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(GOLDENS)) {
      for (String name : file.header().tensors().keySet()) {
        ByteBuffer data = file.data(name);
        byte[] jpeg = new byte[data.remaining()];
        data.get(jpeg);
        FILES.put(name, jpeg);
      }
      DIGESTS.putAll(file.header().metadata());
    }
  }

  private static String digest(Bitmap image) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(image.data()));
  }

  private static TurboJpeg library() {
    assumeTrue(LIBRARY != null, "libturbojpeg is not installed");
    return LIBRARY;
  }

  @ParameterizedTest
  @MethodSource("names")
  void platformGivesPillowsBits(String name) throws Exception {
    assertThat(digest(ImageDecoder.decodeByPlatform(FILES.get(name)))).isEqualTo(DIGESTS.get(name));
  }

  @ParameterizedTest
  @MethodSource("names")
  void libraryGivesPillowsBits(String name) throws Exception {
    Bitmap image = library().decode(FILES.get(name), 1);
    assertThat(image).isNotNull();
    assertThat(digest(image)).isEqualTo(DIGESTS.get(name));
  }

  @ParameterizedTest
  @CsvSource({"444,2", "422,2", "420,2", "420,4", "420,8", "420-progressive,4", "grey,2", "grey,8"})
  void libraryReducesAsPillowsDraft(String name, int reduction) throws Exception {
    Bitmap image = library().decode(FILES.get(name), reduction);
    assertThat(image).isNotNull();
    assertThat(new ImageSize(image.height(), image.width()))
        .isEqualTo(new ImageSize(47, 61).reduced(reduction));
    assertThat(digest(image)).isEqualTo(DIGESTS.get(name + "/" + reduction));
    assertThat(ImageDecoder.decode(FILES.get(name), reduction).data()).isEqualTo(image.data());
  }

  @Test
  void threadsDoNotDisturbEachOther() throws Exception {
    TurboJpeg library = library();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<@Nullable Void>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        for (String name : FILES.keySet()) {
          all.add(
              threads.submit(
                  () -> {
                    assertThat(digest(library.decode(FILES.get(name), 1)))
                        .isEqualTo(DIGESTS.get(name));
                    return null;
                  }));
        }
      }
      for (Future<@Nullable Void> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void imageThatTheLibraryWarnsOfIsLeftToThePlatform() throws IOException {
    byte[] whole = FILES.get("420");
    byte[] truncated = Arrays.copyOf(whole, whole.length * 2 / 3);
    assertThat(library().decode(truncated, 1)).isNull();
    assertThat(library().decode(whole, 1)).isNotNull();
  }

  @Test
  void damagedImageDoesNotDisturbTheNext() throws Exception {
    byte[] whole = FILES.get("420");
    for (int length = 2; length < whole.length; length += 7) {
      byte[] damaged = Arrays.copyOf(whole, length + 4);
      try {
        library().decode(damaged, 1);
      } catch (ImageFormatException e) {
        assertThat(e).hasMessageContaining("cannot be decoded");
      }
      Bitmap next = library().decode(whole, 1);
      assertThat(next).as("after one cut at byte %d", length).isNotNull();
      assertThat(digest(next)).isEqualTo(DIGESTS.get("420"));
    }
  }

  @Test
  void whatIsNoJpegIsLeftToThePlatform() throws IOException {
    // A decompressor that has read another image's size before.
    assertThat(library().decode(FILES.get("420"), 1)).isNotNull();
    assertThat(library().decode(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF}, 1)).isNull();
    assertThat(library().decode(new byte[0], 1)).isNull();
  }

  @Test
  void absurdSizeIsRefusedBeforeDecoding() {
    byte[] jpeg = FILES.get("420").clone();
    int frame = indexOf(jpeg, (byte) 0xFF, (byte) 0xC0);
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 60_000).putShort(frame + 7, (short) 60_000);
    assertThatThrownBy(() -> library().decode(jpeg, 1))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("60000 x 60000 pixels is too large");
  }

  @Test
  void errorsCarryTheLibrarysMessage() {
    byte[] jpeg = FILES.get("420").clone();
    int scan = indexOf(jpeg, (byte) 0xFF, (byte) 0xDA);
    jpeg[scan + 6] = 0x33; // Huffman tables that the file does not define
    assertThatThrownBy(() -> library().decode(jpeg, 1))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("Huffman table 0x03 was not defined");
  }

  private static int indexOf(byte[] bytes, byte first, byte second) {
    for (int i = 0; i < bytes.length - 1; i++) {
      if (bytes[i] == first && bytes[i + 1] == second) {
        return i;
      }
    }
    throw new AssertionError("no such marker");
  }
}
