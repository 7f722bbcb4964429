package io.tencrop.vision.training;

/** The loss is no longer a finite number. */
public final class TrainingDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TrainingDivergedException(long step, double loss, double learningRate) {
    super(
        "The loss became %s at step %d. Lower the learning rate (now %s), or check that the input is normalized."
            .formatted(loss, step, learningRate));
  }
}
