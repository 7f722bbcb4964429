package io.tencrop.contracts.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tencrop.contracts.spec.ShardPreparation;
import java.util.UUID;

/** On {@code tencrop.dataset.requests}, keyed by experiment. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes(
    @JsonSubTypes.Type(value = DatasetRequest.PrepareDataset.class, name = "prepareDataset"))
public sealed interface DatasetRequest {
  UUID experimentId();

  /**
   * Prepare the data, or find it prepared; answered by {@link DatasetEvent}.
   *
   * @param maxRejectedShare of the source's images that may be unusable; with more the answer is a
   *     failure
   */
  record PrepareDataset(
      UUID experimentId, String dataset, ShardPreparation preparation, double maxRejectedShare)
      implements DatasetRequest {}
}
