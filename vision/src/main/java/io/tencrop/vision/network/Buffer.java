package io.tencrop.vision.network;

/**
 * A tensor that is not trained but kept: a running statistic, {@code [size]}.
 *
 * @param name as torchvision would call it, {@code bn1.running_mean}
 * @param initial each value before training
 */
public record Buffer(String name, int size, float initial) {
  Buffer within(String layer) {
    return new Buffer(layer + "." + name, size, initial);
  }
}
