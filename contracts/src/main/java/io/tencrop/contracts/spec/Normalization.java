package io.tencrop.contracts.spec;

import java.util.List;

/**
 * {@code (x / 255 - mean) / std} by channel: torchvision's {@code ToTensor} and {@code Normalize}.
 *
 * @param mean one value, or one per channel
 * @param std as many as {@code mean}; positive
 */
public record Normalization(List<Double> mean, List<Double> std) {
  public Normalization {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }
}
