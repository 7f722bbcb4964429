package io.tencrop.gateway.spec;

import io.tencrop.contracts.api.Problem.Violation;
import io.tencrop.contracts.spec.AugmentationSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must hold of augmentation: bounds that are ordered, crops that fit, a size that is kept. */
public final class AugmentRules {
  private static final int DEFAULT_BINS = 31;
  private static final int DEFAULT_MAGNITUDE = 9;

  private final List<Violation> violations = new ArrayList<>();

  private AugmentRules() {}

  /**
   * What is wrong with a run group's augmentation.
   *
   * @param side of what the network sees, where it is known
   */
  static List<Violation> check(Place augment, Optional<Integer> side) {
    AugmentRules rules = new AugmentRules();
    for (Place item : augment.items()) {
      rules.bounds(item.at("randomErasing").at("scale"));
      rules.bounds(item.at("randomErasing").at("ratio"));
    }
    side.filter(value -> value > 0).ifPresent(value -> rules.sizes(augment, value));
    return rules.violations;
  }

  /**
   * What is wrong with the augmentation of stored images.
   *
   * @param stored size of the stored images, where it is known
   */
  static List<Violation> checkStored(Place augment, Optional<StoredSize> stored) {
    AugmentRules rules = new AugmentRules();
    for (Place item : augment.at("operations").items()) {
      Place crop = item.at("randomResizedCrop");
      rules.bounds(crop.at("scale"));
      rules.bounds(crop.at("ratio"));
      rules.storedSize(crop.at("size"), stored);
      rules.magnitude(item.at("randAugment"));
    }
    return rules.violations;
  }

  private void storedSize(Place size, Optional<StoredSize> stored) {
    size.integer()
        .flatMap(value -> stored.flatMap(images -> images.objectionToSide(value)))
        .ifPresent(objection -> add(size, objection));
  }

  private void magnitude(Place randAugment) {
    int bins = randAugment.at("numMagnitudeBins").integer().orElse(DEFAULT_BINS);
    Place magnitude = randAugment.at("magnitude");
    if (randAugment.isPresent() && magnitude.integer().orElse(DEFAULT_MAGNITUDE) >= bins) {
      add(
          magnitude,
          "is %d; must be less than numMagnitudeBins, which is %d"
              .formatted(magnitude.integer().orElse(DEFAULT_MAGNITUDE), bins));
    }
  }

  private void bounds(Place bounds) {
    List<Place> items = bounds.items();
    if (items.size() != 2) {
      return;
    }
    Optional<Double> low = items.get(0).number();
    Optional<Double> high = items.get(1).number();
    if (low.isPresent() && high.isPresent() && low.get() > high.get()) {
      add(bounds, "is [%s, %s]; the first is the lower bound".formatted(low.get(), high.get()));
    }
  }

  private void sizes(Place augment, int side) {
    int current = side;
    Place last = augment;
    for (Place item : augment.items()) {
      Place crop = item.at("randomCrop");
      Optional<Integer> size = crop.at("size").integer();
      if (size.isPresent()) {
        Place padding = crop.at("padding");
        Optional<String> objection =
            objectionToCrop(size.get(), padding.integer().orElse(0), current, current);
        if (objection.isPresent()) {
          add(crop.at("size"), objection.get());
          return;
        }
        current = size.get();
        last = crop.at("size");
      }
    }
    if (current != side) {
      add(last, other(current, side, side));
    }
  }

  /** Why a run cannot augment crops of this size that way; empty when it can. */
  public static Optional<String> objection(List<AugmentationSpec> augment, int height, int width) {
    int currentHeight = height;
    int currentWidth = width;
    for (AugmentationSpec operation : augment) {
      if (operation instanceof AugmentationSpec.RandomCrop crop) {
        Optional<String> objection =
            objectionToCrop(crop.size(), crop.padding(), currentHeight, currentWidth);
        if (objection.isPresent()) {
          return objection.map(detail -> "randomCrop's size " + detail);
        }
        currentHeight = crop.size();
        currentWidth = crop.size();
      }
    }
    return currentHeight == height && currentWidth == width
        ? Optional.empty()
        : Optional.of("randomCrop's size " + other(currentHeight, height, width));
  }

  private static Optional<String> objectionToCrop(int size, int padding, int height, int width) {
    int side = Math.min(height, width);
    return size <= side + 2 * padding
        ? Optional.empty()
        : Optional.of(
            "is %d; must be at most %d, which is an image's side with a padding of %d"
                .formatted(size, side + 2 * padding, padding));
  }

  private static String other(int size, int height, int width) {
    return "is %d; must leave what the network sees at its size, which is %d x %d"
        .formatted(size, width, height);
  }

  private void add(Place place, String detail) {
    violations.add(new Violation(place.pointer(), detail));
  }
}
