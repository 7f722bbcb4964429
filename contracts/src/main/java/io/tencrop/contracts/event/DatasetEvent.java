package io.tencrop.contracts.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tencrop.contracts.Failure;
import io.tencrop.contracts.data.PreparedDataset;
import java.util.UUID;

/** On {@code tencrop.dataset.events}, keyed by experiment. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = DatasetEvent.DatasetProgress.class, name = "datasetProgress"),
  @JsonSubTypes.Type(value = DatasetEvent.DatasetPrepared.class, name = "datasetPrepared"),
  @JsonSubTypes.Type(value = DatasetEvent.DatasetFailed.class, name = "datasetFailed")
})
public sealed interface DatasetEvent {
  UUID experimentId();

  /** How many of the shards are written. */
  record DatasetProgress(UUID experimentId, int shardsDone, int shardsTotal)
      implements DatasetEvent {}

  /**
   * The prepared data set is complete.
   *
   * @param reused it had been prepared before
   */
  record DatasetPrepared(UUID experimentId, PreparedDataset dataset, boolean reused)
      implements DatasetEvent {}

  /** It cannot be prepared. */
  record DatasetFailed(UUID experimentId, Failure failure) implements DatasetEvent {}
}
