package io.tencrop.vision.training;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A copy of a run's state after a step, which any thread may write while training goes on. The same
 * state gives the same bytes.
 */
public interface Snapshot {
  /** Updates so far. */
  long step();

  /** Parameters under torchvision's names, as safetensors; does not close the stream. */
  void writeWeights(OutputStream out) throws IOException;

  /**
   * All else that {@link TrainingSession#resume} needs, as safetensors; does not close the stream.
   */
  void writeOptimizerState(OutputStream out) throws IOException;
}
