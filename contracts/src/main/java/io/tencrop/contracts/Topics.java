package io.tencrop.contracts;

import java.util.List;

/** Names of the Kafka topics. */
public final class Topics {
  public static final String DATASET_REQUESTS = "tencrop.dataset.requests";
  public static final String DATASET_SHARDS = "tencrop.dataset.shards";
  public static final String DATASET_EVENTS = "tencrop.dataset.events";
  public static final String TRAINING_SEGMENTS = "tencrop.training.segments";
  public static final String TRAINING_EVENTS = "tencrop.training.events";
  public static final String TRAINING_PROGRESS = "tencrop.training.progress";
  public static final String TRAINING_CONTROL = "tencrop.training.control";
  public static final String EVALUATION_REQUESTS = "tencrop.evaluation.requests";
  public static final String EVALUATION_EVENTS = "tencrop.evaluation.events";

  /** Every topic that carries work or facts; each has a dead-letter twin. */
  public static final List<String> ALL =
      List.of(
          DATASET_REQUESTS,
          DATASET_SHARDS,
          DATASET_EVENTS,
          TRAINING_SEGMENTS,
          TRAINING_EVENTS,
          TRAINING_PROGRESS,
          TRAINING_CONTROL,
          EVALUATION_REQUESTS,
          EVALUATION_EVENTS);

  private Topics() {}

  /** The topic that takes the records of {@code topic} that nobody could handle. */
  public static String deadLetter(String topic) {
    return topic + ".dlq";
  }
}
