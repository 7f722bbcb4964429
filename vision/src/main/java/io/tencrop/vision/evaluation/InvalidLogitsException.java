package io.tencrop.vision.evaluation;

/** The logits hold NaN or infinity: no probabilities can be made of them. */
public final class InvalidLogitsException extends RuntimeException {
  InvalidLogitsException(String message) {
    super(message);
  }
}
