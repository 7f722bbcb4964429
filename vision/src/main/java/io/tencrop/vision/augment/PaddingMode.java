package io.tencrop.vision.augment;

/** What lies outside of an image: {@code torchvision.transforms.functional.pad}. */
public enum PaddingMode {
  /** Black. */
  CONSTANT,
  /** The pixel at the edge, again and again. */
  EDGE,
  /** The image mirrored at the edge pixel, which is not repeated: {@code dcb|abcd|cba}. */
  REFLECT,
  /** The image mirrored at the edge, the edge pixel repeated: {@code dcba|abcd|dcba}. */
  SYMMETRIC;

  /** The pixel of {@code 0 .. size-1} that is seen at {@code position}, or -1 for black. */
  int source(int position, int size) {
    if (position >= 0 && position < size) {
      return position;
    }
    return switch (this) {
      case CONSTANT -> -1;
      case EDGE -> position < 0 ? 0 : size - 1;
      case REFLECT -> {
        int period = Math.max(1, 2 * (size - 1));
        int within = Math.floorMod(position, period);
        yield within < size ? within : period - within;
      }
      case SYMMETRIC -> {
        int within = Math.floorMod(position, 2 * size);
        yield within < size ? within : 2 * size - 1 - within;
      }
    };
  }
}
