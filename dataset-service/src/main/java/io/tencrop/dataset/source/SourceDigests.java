package io.tencrop.dataset.source;

import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.api.DatasetRegistration.Source;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.storage.Digests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The digests that a source was registered with. */
final class SourceDigests {
  private SourceDigests() {}

  /**
   * Checks a source of one file against them, under whatever name they are given.
   *
   * @throws PermanentFailureException when there are some and none is the file's
   */
  static void checkAny(Source source, Path file) throws IOException {
    Map<String, String> expected = source.sha256() == null ? Map.of() : source.sha256();
    if (!expected.isEmpty()) {
      String actual = Digests.sha256(file);
      if (expected.values().stream().noneMatch(actual::equalsIgnoreCase)) {
        throw new PermanentFailureException(
            FailureCode.SOURCE_INVALID,
            "%s has the SHA-256 %s, expected %s: it is another file or was damaged on its way."
                .formatted(source.uri(), actual, String.join(" or ", expected.values())));
      }
    }
  }
}
