package io.tencrop.vision.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * How well one class is told from the others, as scikit-learn's {@code
 * precision_recall_fscore_support} with {@code zero_division=0}.
 *
 * @param precision share of the images that were said to be of the class and are; 0 when none was
 * @param recall share of the class's images that were found; 0 when there are none
 * @param f1 harmonic mean of the two; 0 when both are
 * @param images of the class
 */
public record ClassMeasures(double precision, double recall, double f1, int images) {

  /** One per class, in order. */
  public static List<ClassMeasures> of(Measures measures) {
    int[][] confusion = measures.confusion();
    List<ClassMeasures> classes = new ArrayList<>();
    for (int c = 0; c < confusion.length; c++) {
      int images = 0;
      int said = 0;
      for (int other = 0; other < confusion.length; other++) {
        images += confusion[c][other];
        said += confusion[other][c];
      }
      int right = confusion[c][c];
      double f1 = images + said == 0 ? 0 : 2.0 * right / (images + said);
      classes.add(new ClassMeasures(share(right, said), share(right, images), f1, images));
    }
    return List.copyOf(classes);
  }

  private static double share(int part, int of) {
    return of == 0 ? 0 : (double) part / of;
  }
}
