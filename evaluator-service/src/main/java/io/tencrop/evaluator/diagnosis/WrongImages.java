package io.tencrop.evaluator.diagnosis;

import io.tencrop.contracts.api.WrongImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The validation images that runs got most wrong, by experiment and run. Writing the same again
 * changes nothing.
 *
 * <p>All methods throw {@link IOException} when the database is away.
 */
interface WrongImages {
  /**
   * Keeps those of a run of an experiment whose report is there.
   *
   * @param images the highest loss first
   */
  void save(UUID experimentId, String run, List<WrongImage> images) throws IOException;

  /** Those of a run; empty when the experiment has no such run. */
  Optional<List<WrongImage>> find(UUID experimentId, String run) throws IOException;
}
