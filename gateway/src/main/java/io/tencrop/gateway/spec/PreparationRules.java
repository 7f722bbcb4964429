package io.tencrop.gateway.spec;

import io.tencrop.contracts.api.Problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must hold between the parts of a preparation. */
final class PreparationRules {
  private static final double TOLERANCE = 1e-6;
  private static final double DEFAULT_VALIDATION = 0.1;
  private static final int DEFAULT_CHANNELS = 3;
  private static final String COMPUTED = "computed";

  private final Place experiment;
  private final Place preparation;
  private final List<Violation> violations = new ArrayList<>();

  private PreparationRules(Place experiment) {
    this.experiment = experiment;
    this.preparation = experiment.at("preparation");
  }

  static List<Violation> check(Place experiment) {
    PreparationRules rules = new PreparationRules(experiment);
    rules.resize(rules.preparation.at("resize"));
    rules.crop();
    rules.split(rules.preparation.at("split"));
    rules.normalize(rules.preparation.at("normalize"));
    rules.violations.addAll(
        AugmentRules.checkStored(
            rules.preparation.at("augment"), StoredSize.of(rules.preparation)));
    return rules.violations;
  }

  static int channels(Place experiment) {
    return experiment.at("preparation").at("channels").integer().orElse(DEFAULT_CHANNELS);
  }

  /** Side of what a network sees, where the spec alone tells. */
  static Optional<Integer> inputSide(Place experiment) {
    Place preparation = experiment.at("preparation");
    Place crop = preparation.at("crop");
    return crop.isPresent()
        ? crop.integer()
        : StoredSize.of(preparation).flatMap(StoredSize::square);
  }

  private void resize(Place resize) {
    boolean height = resize.at("height").isPresent();
    boolean width = resize.at("width").isPresent();
    boolean shorter = resize.at("shorterSide").isPresent();
    if (resize.node().isObject() && (shorter ? height || width : !height || !width)) {
      add(resize, "must be a side, {height, width} or {shorterSide}");
    }
    Place centerCrop = preparation.at("centerCrop");
    centerCrop
        .integer()
        .flatMap(side -> StoredSize.resized(resize).flatMap(size -> size.objectionToCrop(side)))
        .ifPresent(objection -> add(centerCrop, objection));
  }

  private void crop() {
    Optional<StoredSize> stored = StoredSize.of(preparation);
    Place crop = preparation.at("crop");
    Optional<Integer> side = crop.integer();
    side.flatMap(pixels -> stored.flatMap(images -> images.objectionToCrop(pixels)))
        .ifPresent(objection -> add(crop, objection));
  }

  private void split(Place split) {
    if (!split.node().isObject()) {
      return;
    }
    if (split.at("provided").isTrue()) {
      for (String share : List.of("train", "test")) {
        if (split.at(share).isPresent()) {
          add(
              split.at(share),
              "is not allowed with provided: true, where validation is the share of the provided train part");
        }
      }
      positive(split.at("validation"));
      split
          .at("validation")
          .number()
          .filter(share -> share >= 1)
          .ifPresent(share -> add(split.at("validation"), "must leave something to train on"));
      return;
    }
    boolean complete = true;
    for (String share : List.of("train", "test")) {
      if (!split.at(share).isPresent()) {
        add(
            split.at(share),
            "is missing; give train, validation and test, which add up to 1, or provided: true");
        complete = false;
      }
      positive(split.at(share));
    }
    positive(split.at("validation"));
    if (complete) {
      sum(split);
    }
  }

  private void sum(Place split) {
    Place validation = split.at("validation");
    Optional<Double> held =
        validation.isPresent() ? validation.number() : Optional.of(DEFAULT_VALIDATION);
    Optional<Double> train = split.at("train").number();
    Optional<Double> test = split.at("test").number();
    if (train.isEmpty() || test.isEmpty() || held.isEmpty()) {
      return;
    }
    double sum = train.get() + held.get() + test.get();
    if (Math.abs(sum - 1) > TOLERANCE) {
      add(
          split,
          "train %s + validation %s%s + test %s is %s; must be 1"
              .formatted(
                  train.get(),
                  held.get(),
                  validation.isPresent() ? "" : " (the default)",
                  test.get(),
                  Math.round(sum * 1e6) / 1e6));
    }
  }

  private void positive(Place share) {
    share
        .number()
        .filter(value -> value == 0)
        .ifPresent(value -> add(share, "is 0; every split needs images"));
  }

  private void normalize(Place normalize) {
    if (normalize.text().filter(word -> !word.equals(COMPUTED)).isPresent()) {
      add(
          normalize,
          "is %s; must be %s, or {mean: [...], std: [...]}"
              .formatted(Values.describe(normalize.node()), COMPUTED));
    }
    int channels = channels(experiment);
    Place mean = normalize.at("mean");
    Place std = normalize.at("std");
    for (Place values : List.of(mean, std)) {
      int count = values.node().size();
      if (values.node().isArray() && count > 1 && count != channels) {
        add(
            values,
            "has %d values; must have 1, or one for each of the %d channels"
                .formatted(count, channels));
      }
    }
    if (mean.node().isArray() && std.node().isArray() && mean.node().size() != std.node().size()) {
      add(
          normalize,
          "mean has %d values and std %d; must have as many"
              .formatted(mean.node().size(), std.node().size()));
    }
  }

  private void add(Place place, String detail) {
    violations.add(new Violation(place.pointer(), detail));
  }
}
