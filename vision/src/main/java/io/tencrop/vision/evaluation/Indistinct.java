package io.tencrop.vision.evaluation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Who cannot be told apart by what they answered for the same images. */
public final class Indistinct {
  private Indistinct() {}

  /**
   * For each the places of the others that McNemar's exact test does not tell from it, at {@link
   * PairedComparison#SIGNIFICANT}.
   *
   * @throws MembersDisagreeException when they are about other images
   */
  public static List<List<Integer>> of(List<Predictions> all) {
    List<BitSet> right = new ArrayList<>();
    List<List<Integer>> alike = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      all.get(0).requireSameImages(all.get(i), "another");
      right.add(right(all.get(i)));
      alike.add(new ArrayList<>());
      for (int j = 0; j < i; j++) {
        if (PairedComparison.mcNemar(
                less(right.get(i), right.get(j)), less(right.get(j), right.get(i)))
            >= PairedComparison.SIGNIFICANT) {
          alike.get(i).add(j);
          alike.get(j).add(i);
        }
      }
    }
    return alike;
  }

  private static BitSet right(Predictions predictions) {
    BitSet right = new BitSet(predictions.images());
    for (int i = 0; i < predictions.images(); i++) {
      right.set(i, predictions.predicted(i) == predictions.label(i));
    }
    return right;
  }

  /** How many the first has that the second has not. */
  private static int less(BitSet first, BitSet second) {
    BitSet only = (BitSet) first.clone();
    only.andNot(second);
    return only.cardinality();
  }
}
