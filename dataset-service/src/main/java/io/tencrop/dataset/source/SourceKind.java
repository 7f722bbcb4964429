package io.tencrop.dataset.source;

import io.tencrop.contracts.api.DatasetRegistration.Source;
import java.io.IOException;

/** A kind of source: how its sameness is told, and how it is read. */
interface SourceKind {
  /**
   * Changes when the source changes; found without reading content.
   *
   * @throws io.tencrop.messaging.PermanentFailureException when the source does not exist
   */
  String fingerprint(Source source) throws IOException;

  /**
   * Reads and checks all of it.
   *
   * @throws io.tencrop.messaging.PermanentFailureException when it is not what it should be
   */
  SourceSnapshot take(Source source) throws IOException, InterruptedException;
}
