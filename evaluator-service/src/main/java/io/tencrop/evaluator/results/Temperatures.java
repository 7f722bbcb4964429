package io.tencrop.evaluator.results;

import io.tencrop.contracts.spec.ViewSpec;
import java.io.IOException;
import java.util.Optional;

/** Temperatures that were fitted on validation images. */
public interface Temperatures {
  /**
   * A checkpoint's in a view; empty when it was not evaluated there.
   *
   * @throws IOException when the database is away
   */
  Optional<Double> find(String checkpointId, ViewSpec view) throws IOException;
}
