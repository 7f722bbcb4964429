package io.tencrop.contracts.data;

import io.tencrop.contracts.SplitName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Images that are the same: their files to the byte, or their pixels where many images are in one
 * file. The same picture in another encoding is not found. Splits come in the order train,
 * validation, test.
 *
 * @param acrossSplits images of a split that an earlier split holds too
 * @param withinSplits per split: images that repeat an earlier one of it
 * @param otherLabel how many of those in {@code acrossSplits} and {@code withinSplits} have another
 *     label than the image that they repeat
 * @param pairs the first {@value #MAX_PAIRS} across splits, by the ids of the images
 */
public record Duplicates(
    List<Shared> acrossSplits,
    Map<SplitName, Long> withinSplits,
    long otherLabel,
    List<Pair> pairs) {
  /** How many pairs are named. */
  public static final int MAX_PAIRS = 100;

  public Duplicates {
    acrossSplits = List.copyOf(acrossSplits);
    pairs = List.copyOf(pairs);
  }

  /**
   * Leakage from one split to another.
   *
   * @param split which holds images of an earlier split
   * @param in that earlier split
   * @param images of {@code split}
   */
  public record Shared(SplitName split, SplitName in, long images) {}

  /**
   * Two images that are the same.
   *
   * @param first in the earlier split
   */
  public record Pair(Image first, Image second) {}

  /**
   * An image.
   *
   * @param path in the source; absent when many images are in one file
   */
  public record Image(SplitName split, long id, int label, @Nullable String path) {}
}
