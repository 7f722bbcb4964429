package io.tencrop.dataset.preparation;

import io.tencrop.contracts.Failure;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.data.RejectedImages;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether a source has more images that cannot be used than an experiment puts up with. */
final class Rejections {
  private static final int NAMED = 5;

  private Rejections() {}

  /**
   * The failure that it is; empty when it is none.
   *
   * @param all images of the source, with those that cannot be used
   * @param maxShare of all that may be unusable
   */
  static Optional<Failure> failure(RejectedImages rejected, long all, double maxShare) {
    // As counts, so that a share that was copied from the message below is enough.
    if (rejected.total() <= Math.floor(maxShare * all + 1e-9)) {
      return Optional.empty();
    }
    String named =
        rejected.first().stream()
            .limit(NAMED)
            .map(image -> "%s (%s)".formatted(image.path(), image.reason()))
            .collect(Collectors.joining("; "));
    double needed = Math.ceil(1e4 * rejected.total() / all) / 1e4;
    return Optional.of(
        new Failure(
            FailureCode.SOURCE_INVALID,
            "%d of the %d images cannot be used: %s%s. Replace them or take them out; or have them left out, with preparation.maxRejectedShare of at least %s (it is %s)."
                .formatted(
                    rejected.total(),
                    all,
                    named,
                    rejected.total() > NAMED ? "; ..." : "",
                    needed,
                    maxShare)));
  }
}
