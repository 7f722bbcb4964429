package io.tencrop.contracts;

/**
 * Why something failed, for programs. The message beside it is for people and may change; these
 * names may not.
 */
public enum FailureCode {
  /** No data set of this name is registered. */
  DATASET_UNKNOWN,
  /** The source does not exist or may not be read. */
  SOURCE_UNREADABLE,
  /**
   * The source was read and is not what it should be: wrong checksum, corrupt file, counts that
   * disagree.
   */
  SOURCE_INVALID,
  /** The preparation cannot be applied to this source. */
  PREPARATION_INVALID,
  /** The network cannot take this input, or its options are wrong. */
  ARCHITECTURE_INVALID,
  /** The weights that a run should start from are missing, or another network's. */
  INITIAL_WEIGHTS_INVALID,
  /** The teacher that a run should learn from is missing, or answers for other images. */
  TEACHER_INVALID,
  /** The loss became NaN or infinite. */
  TRAINING_DIVERGED,
  /** An object that a manifest names is missing or has another digest. */
  OBJECT_CORRUPT,
  /** A message could not be read. */
  MESSAGE_INVALID,
  /** The same work failed too often. */
  ATTEMPTS_EXHAUSTED,
  /** Anything that should not happen; the service's log has the stack trace. */
  INTERNAL
}
