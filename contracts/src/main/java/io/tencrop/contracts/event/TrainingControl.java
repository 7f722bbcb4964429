package io.tencrop.contracts.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.UUID;

/**
 * On {@code tencrop.training.control}, read by every trainer from the beginning: what to leave off.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes(
    @JsonSubTypes.Type(value = TrainingControl.CancelExperiment.class, name = "cancelExperiment"))
public sealed interface TrainingControl {
  /**
   * Nobody wants the experiment's segments any more: leave off the one at hand, skip those that
   * come.
   */
  record CancelExperiment(UUID experimentId) implements TrainingControl {}
}
