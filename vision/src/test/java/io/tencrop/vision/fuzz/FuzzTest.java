package io.tencrop.vision.fuzz;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What strangers send neither crashes a reader nor hangs it, and takes bounded memory. */
@Timeout(value = 90, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuzzTest {
  @Test
  void images() throws Exception {
    Fuzzing.run(new ImageTarget(), 1500, 1, 128 << 20);
  }

  @Test
  void idx() throws Exception {
    Fuzzing.run(new IdxTarget(), 1500, 2, 80 << 20);
  }

  @Test
  void weights() throws Exception {
    Fuzzing.run(new WeightsTarget(), 1500, 3, 64 << 20);
  }

  @Test
  void safetensors() throws Exception {
    Fuzzing.run(new SafetensorsTarget(), 1500, 4, 64 << 20);
  }
}
