package io.tencrop.vision.recipe;

/**
 * An exponential moving average of parameters and buffers, taken after each update: {@code average
 * = decay * average + (1 - decay) * value} (Polyak and Juditsky 1992; {@code
 * torch.optim.swa_utils.AveragedModel} with buffers).
 */
public record Ema(double decay) {
  public Ema {
    if (!(decay > 0 && decay < 1)) {
      throw new IllegalArgumentException("the decay is %s; it must be in (0, 1)".formatted(decay));
    }
  }
}
