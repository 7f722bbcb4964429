package io.tencrop.evaluator;

import io.tencrop.contracts.event.EvaluationEvent;
import java.io.IOException;

/** Tells what happened. */
interface EvaluationEvents {
  /**
   * Returns when the broker has the event.
   *
   * @throws IOException when it cannot be told now
   */
  void publish(EvaluationEvent event) throws IOException, InterruptedException;
}
