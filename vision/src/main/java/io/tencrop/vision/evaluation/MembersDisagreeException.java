package io.tencrop.vision.evaluation;

/** Models that should answer together were evaluated on different images, labels or classes. */
public final class MembersDisagreeException extends RuntimeException {
  MembersDisagreeException(String message) {
    super(message);
  }
}
