package io.tencrop.vision.network;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The shape of one image's activation, without the batch: {@code [C, H, W]}, tokens {@code [T, D]}
 * or {@code [F]}.
 */
public record ActivationShape(List<Integer> sizes) {
  public ActivationShape {
    sizes = List.copyOf(sizes);
    if (sizes.isEmpty() || sizes.size() > 3 || sizes.stream().anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException("not an activation's shape: " + sizes);
    }
  }

  /** {@code [C, H, W]}. */
  public static ActivationShape image(int channels, int height, int width) {
    return new ActivationShape(List.of(channels, height, width));
  }

  /**
   * From text: {@code 3x224x224}.
   *
   * @throws ArchitectureException when it does not read so
   */
  public static ActivationShape parseImage(String text) throws ArchitectureException {
    if (!text.matches("[1-9]\\d{0,8}x[1-9]\\d{0,8}x[1-9]\\d{0,8}")) {
      throw new ArchitectureException(
          "'%s' is no input; one is channels x height x width, 3x224x224".formatted(text));
    }
    return new ActivationShape(Stream.of(text.split("x")).map(Integer::valueOf).toList());
  }

  /** {@code [T, D]}. */
  public static ActivationShape tokens(int count, int width) {
    return new ActivationShape(List.of(count, width));
  }

  /** {@code [F]}. */
  public static ActivationShape features(int count) {
    return new ActivationShape(List.of(count));
  }

  public boolean isImage() {
    return sizes.size() == 3;
  }

  public boolean isTokens() {
    return sizes.size() == 2;
  }

  /** The last size: what a linear layer or a layer norm works on. */
  int last() {
    return sizes.get(sizes.size() - 1);
  }

  /** How many values. */
  public int elements() {
    return sizes.stream().reduce(1, Math::multiplyExact);
  }

  @Override
  public String toString() {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
