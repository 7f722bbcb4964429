package io.tencrop.evaluator.bank;

import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.event.EvaluationRequest.EvaluateCheckpoint;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.evaluator.inference.ViewCrop;
import io.tencrop.evaluator.inference.Views;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.vision.data.ImageSize;
import io.tencrop.vision.evaluation.LogitBank;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an evaluation wants of the bank.
 *
 * @param keys of the splits that have images, in each view; views with few crops first
 * @param views and their crops
 */
record Wanted(EvaluateCheckpoint request, List<BankKey> keys, Map<ViewSpec, List<ViewCrop>> views) {

  /**
   * What a request wants.
   *
   * @throws PermanentFailureException when there are no images, or they cannot be cropped so
   */
  static Wanted of(EvaluateCheckpoint request) {
    Map<ViewSpec, List<ViewCrop>> views = new TreeMap<>();
    for (ViewSpec view : request.views()) {
      views.put(view, Views.crops(view, request.run().input(), request.dataset()));
    }
    List<BankKey> keys = new ArrayList<>();
    for (SplitName split : List.of(SplitName.VALIDATION, SplitName.TEST)) {
      if (request.dataset().counts().getOrDefault(split, 0L) > 0) {
        views.keySet().forEach(view -> keys.add(key(request, split, view)));
      }
    }
    if (keys.isEmpty()) {
      throw new PermanentFailureException(
          FailureCode.PREPARATION_INVALID,
          "There is nothing to evaluate on: the data set has neither validation nor test images. Give preparation.split a validation or a test share.");
    }
    return new Wanted(request, List.copyOf(keys), views);
  }

  static BankKey key(EvaluateCheckpoint request, SplitName split, ViewSpec view) {
    return BankKey.of(
        request.checkpoint().weightsSha256(),
        request.dataset().id(),
        request.run().input(),
        split,
        view);
  }

  /** Those that have images. */
  List<SplitName> splits() {
    return keys.stream().map(BankKey::split).distinct().toList();
  }

  int images(SplitName split) {
    return Math.toIntExact(request.dataset().counts().getOrDefault(split, 0L));
  }

  List<BankKey> missing(SplitName split, Map<BankKey, LogitBank> entries) {
    return keys.stream().filter(key -> key.split() == split && !entries.containsKey(key)).toList();
  }

  /** The crops of some of the views, each once, those of one image size together. */
  List<ViewCrop> crops(Collection<ViewSpec> some) {
    Map<ImageSize, Set<ViewCrop>> bySize = new LinkedHashMap<>();
    views.forEach(
        (view, crops) -> {
          if (some.contains(view)) {
            crops.forEach(
                crop -> bySize.computeIfAbsent(crop.image(), s -> new LinkedHashSet<>()).add(crop));
          }
        });
    return bySize.values().stream().flatMap(Set::stream).toList();
  }

  /** The crops of a view, in the bank's order. */
  List<ViewCrop> crops(ViewSpec view) {
    return views.getOrDefault(view, List.of());
  }

  /** Whether the key's logits are the other's or among them. */
  boolean isPart(BankKey key, BankKey other) {
    return key.split() == other.split() && isAmong(key, crops(other.view()));
  }

  /** Whether the key's crops are among some. */
  boolean isAmong(BankKey key, List<ViewCrop> crops) {
    return crops.containsAll(crops(key.view()));
  }

  /** The key's logits from those of crops that its own are among. */
  LogitBank select(BankKey key, List<ViewCrop> crops, LogitBank logits) {
    return logits.select(crops(key.view()).stream().map(crops::indexOf).toList());
  }
}
