package io.tencrop.contracts.api;

import io.tencrop.contracts.SplitName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some images of each class of a split, evenly spread over them. Beside this list each image lies
 * as {@code <id>.png}, as the source has it, and as {@code <id>.png?variant=<k>}, as it is stored.
 *
 * @param variants how often each of these images is stored: {@code k} is from 0 to this, exclusive
 */
public record SamplesView(SplitName split, int variants, List<Sample> samples) {
  public SamplesView {
    samples = List.copyOf(samples);
  }

  /**
   * An image.
   *
   * @param label index of its class
   * @param className name of its class
   * @param path in the source; absent when many images are in one file
   */
  public record Sample(long id, int label, String className, @Nullable String path) {}
}
