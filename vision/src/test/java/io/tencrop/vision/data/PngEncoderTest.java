package io.tencrop.vision.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PngEncoderTest {
  @Test
  void whatIsReadAgainIsTheSameToTheBit() throws ImageFormatException {
    Random random = new Random(8);
    for (int channels : new int[] {1, 3}) {
      byte[] data = new byte[7 * 5 * channels];
      random.nextBytes(data);
      Bitmap image = new Bitmap(7, 5, channels, data);
      Bitmap read = ImageDecoder.decode(PngEncoder.encode(image));
      assertThat(read.height()).isEqualTo(7);
      assertThat(read.width()).isEqualTo(5);
      assertThat(read.channels()).isEqualTo(channels);
      assertThat(read.data()).isEqualTo(data);
    }
  }
}
