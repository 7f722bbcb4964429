package io.tencrop.vision.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Answers that are drawn, with most for the right class. */
public final class RandomTeacher {
  private RandomTeacher() {}

  /** To all of the images, otherwise for each variant. */
  public static SoftTargets of(ImageSet images, int classes, int variants, long seed) {
    Random random = new Random(seed);
    List<float[]> answers = new ArrayList<>();
    for (int variant = 0; variant < variants; variant++) {
      float[] probabilities = new float[images.size() * classes];
      for (int i = 0; i < images.size(); i++) {
        double[] shares = new double[classes];
        double sum = 0;
        for (int c = 0; c < classes; c++) {
          shares[c] = Math.exp(2 * random.nextGaussian() + (c == images.label(i) ? 2 : 0));
          sum += shares[c];
        }
        for (int c = 0; c < classes; c++) {
          probabilities[i * classes + c] = (float) (shares[c] / sum);
        }
      }
      answers.add(probabilities);
    }
    long[] ids = new long[images.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = images.id(i);
    }
    return new SoftTargets(classes, answers, ids);
  }
}
