package io.tencrop.dataset.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tencrop.contracts.spec.ResizeSpec;
import io.tencrop.dataset.source.UnusableImageException;
import io.tencrop.storage.Digests;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.ImageSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramingTest {
  private static Bitmap pattern(int height, int width) {
    byte[] data = new byte[height * width * 3];
    int i = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          data[i++] = (byte) (y * 7 + x * 13 + c * 101 + y * x % 17 * 5);
        }
      }
    }
    return new Bitmap(height, width, 3, data);
  }

  /** Sizes and digests of {@code CenterCrop(crop)(Resize(side)(image))}, torchvision with PIL. */
  @ParameterizedTest
  @CsvSource({
    "37, 50, 20, 20, 20, 27, 9c3fbe7b47cba6f92f53622ed5ed265555281773f6357e715a3a176464d438a6",
    "50, 37, 20, 16, 27, 20, 60a15ee7faedf25592555b4fe03bf54bc9f0f54a47881111a2c7a4a4ec77b370",
    "375, 500, 256, 224, 256, 341, 4cd74a5a852cc2303d8fcda23963bb71f24814c5a667e0c9c9b4b7f8651f0e0f",
    "333, 500, 97, 90, 97, 145, c6fe2d1df27654cc6202384c9045bd3a0ce5d5c2e51577409bdfbcab239436e3",
    "9, 31, 24, 23, 24, 82, 9d7b234c7ec38f03d9320652b2ca057fb12a404c5f0aa00d57e7113b3be15b87"
  })
  void isTorchvisionsResizeAndCenterCrop(
      int height, int width, int side, int crop, int toHeight, int toWidth, String sha256)
      throws UnusableImageException {
    Framing framing = new Framing(ResizeSpec.shorterSide(side), new ImageSize(crop, crop));
    assertThat(framing.resized(new ImageSize(height, width)))
        .isEqualTo(new ImageSize(toHeight, toWidth));
    assertThat(Digests.sha256(framing.of(pattern(height, width)).data())).isEqualTo(sha256);
  }

  @Test
  void exactSizesAreResizedTo() throws UnusableImageException {
    Bitmap image = pattern(20, 30);
    Bitmap framed = new Framing(ResizeSpec.exact(12, 40), new ImageSize(12, 40)).of(image);
    assertThat(framed.data()).isEqualTo(image.resized(12, 40).data());
    assertThat(new Framing(null, new ImageSize(20, 30)).of(image).data()).isEqualTo(image.data());
    Bitmap center = new Framing(null, new ImageSize(18, 18)).of(image);
    assertThat(center.data()[0]).isEqualTo(image.data()[(1 * 30 + 6) * 3]);
  }

  @Test
  void anImageThatWouldGrowWithoutBoundIsRefused() {
    Framing framing = new Framing(ResizeSpec.shorterSide(4096), new ImageSize(4096, 4096));
    assertThatThrownBy(() -> framing.of(new Bitmap(1, 16_384, 1, new byte[16_384])))
        .isInstanceOf(UnusableImageException.class)
        .hasMessageContaining("16384 x 1 pixels would be 67108864 x 4096");
  }
}
