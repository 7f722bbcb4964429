package io.tencrop.contracts;

/**
 * Names of the Kafka share groups: any free replica of a service takes the next record of its
 * topic.
 */
public final class ShareGroups {
  /** Takes {@link Topics#DATASET_REQUESTS}. */
  public static final String DATASET_PREPARERS = "tencrop-dataset-preparers";

  /** Takes {@link Topics#DATASET_SHARDS}. */
  public static final String SHARD_WRITERS = "tencrop-shard-writers";

  /** Takes {@link Topics#TRAINING_SEGMENTS}. */
  public static final String TRAINERS = "tencrop-trainers";

  /** Takes {@link Topics#EVALUATION_REQUESTS}. */
  public static final String EVALUATORS = "tencrop-evaluators";

  private ShareGroups() {}
}
