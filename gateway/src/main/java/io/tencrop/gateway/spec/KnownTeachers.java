package io.tencrop.gateway.spec;

import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.State;
import io.tencrop.contracts.spec.ExperimentSpec;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Experiments that runs can learn from. */
@FunctionalInterface
public interface KnownTeachers {
  /**
   * The experiment of this id; or the newest completed one of this name, and if there is none the
   * newest.
   *
   * @throws IOException when that cannot be told now
   */
  Optional<Teacher> find(String idOrName) throws IOException;

  /**
   * An experiment.
   *
   * @param results absent unless it is completed
   */
  record Teacher(UUID id, State state, ExperimentSpec spec, @Nullable ExperimentResults results) {}
}
