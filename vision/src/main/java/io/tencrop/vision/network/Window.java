package io.tencrop.vision.network;

/** The arithmetic of windows that slide over an image. */
final class Window {
  private Window() {}

  /** The shape of {@code channels} maps with one value per position of the window. */
  static ActivationShape slide(
      String what, ActivationShape input, int channels, int kernel, int stride, int padding)
      throws ArchitectureException {
    if (!input.isImage()) {
      throw new ArchitectureException("a " + what + " needs an image, not " + input);
    }
    int height = positions(input.sizes().get(1), kernel, stride, padding);
    int width = positions(input.sizes().get(2), kernel, stride, padding);
    if (height < 1 || width < 1) {
      throw new ArchitectureException(
          "a %s of %dx%d does not fit an activation of %s".formatted(what, kernel, kernel, input));
    }
    return ActivationShape.image(channels, height, width);
  }

  private static int positions(int size, int kernel, int stride, int padding) {
    return Math.floorDiv(size + 2 * padding - kernel, stride) + 1;
  }
}
