package io.tencrop.trainer;

import io.tencrop.contracts.event.TrainSegment;
import io.tencrop.messaging.PermanentFailureException;
import java.io.IOException;

/** Brings a run to where a segment starts. */
@FunctionalInterface
interface RunOpener {
  /**
   * The run at the segment's parent, or at step 0.
   *
   * @throws IOException when the object store or the local disk fails, which may pass
   * @throws PermanentFailureException when it can never be opened
   */
  RunInTraining open(TrainSegment segment) throws IOException;
}
