package io.tencrop.vision.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private static BufferedImage twoColours(int type) {
    BufferedImage image = new BufferedImage(16, 8, type);
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 16; x++) {
        image.setRGB(x, y, x < 8 ? 0xFF2040E0 : 0xFFF08010);
      }
    }
    return image;
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif", "jpg"})
  void readsColour(String format) throws IOException {
    Bitmap image = ImageDecoder.decode(encode(twoColours(BufferedImage.TYPE_INT_RGB), format));
    assertThat(image.height()).isEqualTo(8);
    assertThat(image.width()).isEqualTo(16);
    assertThat(image.channels()).isEqualTo(3);
    int tolerance = format.equals("jpg") ? 12 : 0;
    int[] expected = {0x20, 0x40, 0xE0};
    for (int c = 0; c < 3; c++) {
      assertThat(Math.abs((image.data()[c] & 0xff) - expected[c])).isLessThanOrEqualTo(tolerance);
    }
  }

  @Test
  void dropsTransparency() throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x40102030);
    assertThat(ImageDecoder.decode(encode(image, "png")).data()).containsExactly(0x10, 0x20, 0x30);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg"})
  void greyKeepsItsStoredValues(String format) throws IOException {
    BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSamples(0, 0, 4, 2, 0, new int[] {99, 99, 99, 99, 99, 99, 99, 99});
    Bitmap decoded = ImageDecoder.decode(encode(image, format));
    assertThat(decoded.channels()).isEqualTo(1);
    assertThat(decoded.data()).containsOnly(99);
  }

  @Test
  void deepGreyIsReducedToBytes() throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 0xABCD);
    assertThat(ImageDecoder.decode(encode(image, "png")).data()).containsExactly((byte) 0xAB);
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> ImageDecoder.decode("hello".getBytes()))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("not a JPEG, PNG, WebP, BMP or GIF");
    assertThatThrownBy(() -> ImageDecoder.decode(new byte[0]))
        .isInstanceOf(ImageFormatException.class);
  }

  @Test
  void truncatedAndDamagedImagesNeverEscapeAsOtherErrors() throws IOException {
    for (String format : new String[] {"png", "bmp", "gif", "jpg"}) {
      byte[] whole = encode(twoColours(BufferedImage.TYPE_INT_RGB), format);
      for (int length = 0; length < whole.length; length += 3) {
        tryDecoding(Arrays.copyOf(whole, length));
        byte[] damaged = whole.clone();
        damaged[length] ^= 0x55;
        tryDecoding(damaged);
      }
    }
  }

  private static void tryDecoding(byte[] encoded) {
    try {
      ImageDecoder.decode(encoded);
    } catch (ImageFormatException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  @Test
  void absurdSizeIsRefusedBeforeDecoding() throws IOException {
    byte[] png = encode(twoColours(BufferedImage.TYPE_INT_RGB), "png");
    ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
    assertThatThrownBy(() -> ImageDecoder.decode(png))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("60000 x 60000 pixels is too large");
  }
}
