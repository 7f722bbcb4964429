package io.tencrop.dataset.preparation;

import io.tencrop.contracts.spec.ShardAugmentSpec;
import io.tencrop.dataset.source.SourceImages.Coded;
import io.tencrop.dataset.source.UnusableImageException;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.ImageDecoder;
import io.tencrop.vision.data.ImageSize;
import io.tencrop.vision.data.PixelSums;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Makes of an image of the source what is stored of it. For several threads. */
final class StoredImages {
  private final Plan plan;
  private final @Nullable ShardAugmentSpec augment;
  private final List<Integer> variants;
  private final boolean fast;

  /** Each thread works with one of its own. */
  private final Queue<Variants> idle = new ConcurrentLinkedQueue<>();

  /**
   * @param augment absent: images are stored as they are
   * @param variants that are made of an image
   * @param fast decode at a part of the size where that is enough
   */
  StoredImages(
      Plan plan, @Nullable ShardAugmentSpec augment, List<Integer> variants, boolean fast) {
    this.plan = plan;
    this.augment = augment;
    this.variants = List.copyOf(variants);
    this.fast = fast;
  }

  /**
   * An image as it is stored.
   *
   * @param sums over its pixels
   */
  record Stored(Bitmap image, PixelSums sums) {}

  /**
   * What came of an image.
   *
   * @param images one for each variant; none when it cannot be used
   * @param unusable why it cannot be used
   */
  record Made(List<Stored> images, @Nullable String unusable) {}

  /** What is stored of an image; on the thread of the caller. */
  Made of(Coded coded, int id, ImageWorkers workers) throws InterruptedException {
    try {
      return new Made(workers.decoded(coded, this::reduction, image -> stored(image, id)), null);
    } catch (UnusableImageException e) {
      return new Made(List.of(), e.reason());
    }
  }

  private List<Stored> stored(Bitmap decoded, int id) throws UnusableImageException {
    Bitmap image = decoded.withChannels(plan.channels());
    if (augment == null) {
      Bitmap framed = plan.framing().of(image);
      return List.of(new Stored(framed, PixelSums.of(framed)));
    }
    Variants maker = maker(augment);
    List<Stored> made = new ArrayList<>();
    for (int variant : variants) {
      Bitmap changed = maker.of(image, id, variant);
      made.add(new Stored(changed, PixelSums.of(changed)));
    }
    idle.add(maker);
    return made;
  }

  private Variants maker(ShardAugmentSpec spec) {
    Variants maker = idle.poll();
    return maker == null ? new Variants(spec, plan.framing(), plan.channels()) : maker;
  }

  /** As far as no side of what is decoded is smaller than what is made of it. */
  private int reduction(ImageSize image) {
    if (!fast) {
      return 1;
    }
    double shrinking;
    if (augment == null) {
      shrinking = plan.framing().shrinking(image);
    } else {
      Variants maker = maker(augment);
      shrinking = maker.shrinking(image);
      idle.add(maker);
    }
    return ImageDecoder.reduction(image, shrinking);
  }
}
