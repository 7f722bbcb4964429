package io.tencrop.vision.engine;

import io.tencrop.vision.data.Crop;
import io.tencrop.vision.network.SharedPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Crops of an image that overlap, so that the network's first layers are computed once for the
 * rectangle around all of them, and once for its mirror image.
 *
 * @param blocks that rectangle, its mirror image, or both
 * @param parts of each crop the index of its block, its top and its left in the prefix's outputs
 */
record SharedCrops(SharedPrefix prefix, List<Crop> blocks, List<Long> parts) {
  int crops() {
    return parts.size() / 3;
  }

  /**
   * The best way to share.
   *
   * @return empty: none is worth it
   */
  static Optional<SharedCrops> of(List<Crop> crops, List<SharedPrefix> prefixes) {
    int top = crops.stream().mapToInt(Crop::top).min().orElseThrow();
    int left = crops.stream().mapToInt(Crop::left).min().orElseThrow();
    int bottom = crops.stream().mapToInt(crop -> crop.top() + crop.height()).max().orElseThrow();
    int right = crops.stream().mapToInt(crop -> crop.left() + crop.width()).max().orElseThrow();
    Crop around = new Crop(top, left, bottom - top, right - left, false);
    List<Crop> blocks =
        Stream.of(around, around.mirror())
            .filter(block -> crops.stream().anyMatch(crop -> crop.mirrored() == block.mirrored()))
            .toList();
    if (4L * blocks.size() * pixels(around)
        > 3L * crops.stream().mapToLong(SharedCrops::pixels).sum()) {
      return Optional.empty();
    }
    Optional<SharedCrops> deepest = Optional.empty();
    for (SharedPrefix prefix : prefixes) {
      List<Long> parts = new ArrayList<>();
      boolean aligned = true;
      for (Crop crop : crops) {
        int down = crop.top() - top;
        int along = crop.mirrored() ? right - crop.left() - crop.width() : crop.left() - left;
        aligned &= down % prefix.stride() == 0 && along % prefix.stride() == 0;
        parts.add(blocks.size() == 2 && crop.mirrored() ? 1L : 0L);
        parts.add((long) down / prefix.stride());
        parts.add((long) along / prefix.stride());
      }
      if (aligned) {
        deepest = Optional.of(new SharedCrops(prefix, blocks, parts));
      }
    }
    return deepest;
  }

  private static long pixels(Crop crop) {
    return (long) crop.height() * crop.width();
  }
}
