package io.tencrop.vision.weights;

import java.io.IOException;

/** The weights are another network's. */
public final class WeightsMisfitException extends IOException {
  private static final long serialVersionUID = 1;

  public WeightsMisfitException(String message) {
    super(message);
  }
}
