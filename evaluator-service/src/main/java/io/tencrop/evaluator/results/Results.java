package io.tencrop.evaluator.results;

import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Model;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What was found out so far, by experiment. Writing the same again changes nothing.
 *
 * <p>All methods throw {@link IOException} when the database is away.
 */
public interface Results {
  /** Keeps results of checkpoints; one per checkpoint, split and view. */
  void saveModels(UUID experimentId, PreparedDataset dataset, List<Model> models)
      throws IOException;

  /** The checkpoints' results: by run name, step, split and view. */
  List<Model> models(UUID experimentId) throws IOException;

  /** Keeps the report, and what it was composed from. */
  void saveReport(ComposeReport request, ExperimentResults report) throws IOException;

  /** What the report was composed from; empty when it is not known. */
  Optional<ComposeReport> request(UUID experimentId) throws IOException;

  /** The report, or what there is before it; empty when nothing is known of the experiment. */
  Optional<ExperimentResults> find(UUID experimentId) throws IOException;
}
