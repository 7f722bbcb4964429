package io.tencrop.evaluator;

import io.tencrop.contracts.event.EvaluationRequest.EvaluateSlice;
import java.io.IOException;

/** Work for any replica. */
interface EvaluationWorkItems {
  /**
   * Returns when the broker has it.
   *
   * @throws IOException when it does not take it now
   */
  void publish(EvaluateSlice slice) throws IOException, InterruptedException;
}
