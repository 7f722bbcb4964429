package io.tencrop.dataset.source;

import io.tencrop.vision.fuzz.Fuzzing;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What strangers bring neither crashes the reading of sources nor hangs it. */
@Timeout(value = 90, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuzzTest {
  @Test
  void archives() throws Exception {
    Fuzzing.run(new ArchiveTarget(), 2000, 1, 160 << 20);
  }

  @Test
  void cifarArchives() throws Exception {
    Fuzzing.run(new CifarTarget(), 1000, 2, 64 << 20);
  }
}
