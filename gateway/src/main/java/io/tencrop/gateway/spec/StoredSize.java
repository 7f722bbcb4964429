package io.tencrop.gateway.spec;

import java.util.Optional;

/**
 * The size of the stored images, where a spec alone tells it.
 *
 * @param name of the field that decides it
 */
record StoredSize(int height, int width, String name) {

  /** What the fields say; empty when they leave the source's own size, or are not valid. */
  static Optional<StoredSize> of(Place preparation) {
    Place crop = preparation.at("centerCrop");
    if (crop.isPresent()) {
      return crop.integer().map(side -> new StoredSize(side, side, "centerCrop"));
    }
    return resized(preparation.at("resize"));
  }

  /** The size after the resize; with {@code shorterSide} the least that it can be. */
  static Optional<StoredSize> resized(Place resize) {
    if (resize.integer().isPresent()) {
      return square(resize, "resize");
    }
    Place shorter = resize.at("shorterSide");
    if (shorter.isPresent()) {
      return square(shorter, "resize.shorterSide");
    }
    return resize
        .at("height")
        .integer()
        .flatMap(
            height ->
                resize.at("width").integer().map(width -> new StoredSize(height, width, "resize")));
  }

  private static Optional<StoredSize> square(Place side, String name) {
    return side.integer().map(pixels -> new StoredSize(pixels, pixels, name));
  }

  /** The greatest square that it holds. */
  int side() {
    return Math.min(height, width);
  }

  /** The side of a square; empty when it is none. */
  Optional<Integer> square() {
    return height == width ? Optional.of(height) : Optional.empty();
  }

  /** Why a square of this side does not fit into it; empty when it does. */
  Optional<String> objectionToCrop(int side) {
    return side <= side()
        ? Optional.empty()
        : Optional.of("is %d; must be at most %s, which is %s".formatted(side, name, size()));
  }

  /** Why images of this side are not of this size; empty when they are. */
  Optional<String> objectionToSide(int side) {
    return square().filter(stored -> stored == side).isPresent()
        ? Optional.empty()
        : Optional.of("is %d; must be %s, which is %s".formatted(side, name, size()));
  }

  private String size() {
    return height == width ? String.valueOf(height) : "%d x %d".formatted(width, height);
  }
}
