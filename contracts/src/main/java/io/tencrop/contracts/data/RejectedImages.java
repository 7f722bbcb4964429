package io.tencrop.contracts.data;

import java.util.List;
import java.util.stream.Stream;

/**
 * Files of a source that cannot be used as images.
 *
 * @param total how many
 * @param first of them, at most {@link #MAX_LISTED}
 */
public record RejectedImages(long total, List<RejectedImage> first) {
  /** So many are listed by name. */
  public static final int MAX_LISTED = 100;

  public static final RejectedImages NONE = new RejectedImages(0, List.of());

  public RejectedImages {
    first = List.copyOf(first);
  }

  /**
   * A file that cannot be used.
   *
   * @param path in the directory or archive
   * @param reason for a person, without the path
   */
  public record RejectedImage(String path, String reason) {}

  /** All of these. */
  public static RejectedImages of(List<RejectedImage> all) {
    return new RejectedImages(all.size(), all.stream().limit(MAX_LISTED).toList());
  }

  /** These, followed by others. */
  public RejectedImages and(RejectedImages more) {
    return new RejectedImages(
        total + more.total,
        Stream.concat(first.stream(), more.first.stream()).limit(MAX_LISTED).toList());
  }
}
