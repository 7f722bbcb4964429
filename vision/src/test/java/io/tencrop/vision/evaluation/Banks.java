package io.tencrop.vision.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Logits made by arithmetic on indices, exact in float32, so that another program can make them
 * too.
 */
final class Banks {
  static final int IMAGES = 200;
  static final int CLASSES = 5;

  private Banks() {}

  /**
   * {@code ((i * 7919 + seed * 104729) % 1009) / 256} by flat index {@code i}; the logit of the
   * right class raised by {@code ((image * 13 + seed * 17) % 7) / 4}.
   */
  static LogitBank member(int seed) {
    return member(seed, CLASSES);
  }

  static LogitBank member(int seed, int classes) {
    float[] logits = new float[IMAGES * classes];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = ((i * 7919 + seed * 104729) % 1009) / 256f;
    }
    int[] labels = new int[IMAGES];
    long[] ids = new long[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = i * 31 % classes;
      ids[i] = 1000 + i;
      logits[i * classes + labels[i]] += (i * 13 + seed * 17) % 7 * 0.25f;
    }
    return new LogitBank(1, classes, logits, labels, ids);
  }

  /** Members with the seeds 1 to {@code count}. */
  static Members members(int count) {
    List<Predictions> members =
        IntStream.rangeClosed(1, count).mapToObj(s -> Predictions.of(member(s))).toList();
    return Members.of(members);
  }
}
