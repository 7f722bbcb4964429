package io.tencrop.dataset.preparation;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.Duplicates;
import io.tencrop.contracts.data.Duplicates.Shared;
import io.tencrop.contracts.data.PreparedFacts;
import io.tencrop.contracts.data.PreparedManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sentences about what is out of the ordinary in prepared data, for those who read results. */
final class DataNotes {
  private DataNotes() {}

  static List<String> of(PreparedManifest manifest) {
    List<String> notes = new ArrayList<>();
    if (manifest.rejected().total() > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%,d files of the source cannot be used as images and are left out.",
              manifest.rejected().total()));
    }
    PreparedFacts facts = manifest.facts();
    Duplicates duplicates = facts == null ? null : facts.duplicates();
    if (facts != null && duplicates != null) {
      duplicates.acrossSplits().forEach(shared -> notes.add(leak(shared, facts)));
      if (duplicates.otherLabel() > 0) {
        notes.add(
            String.format(
                Locale.ROOT,
                "%,d images are exact copies of an image with another label: at least one of the two labels is wrong.",
                duplicates.otherLabel()));
      }
    }
    return notes;
  }

  private static String leak(Shared shared, PreparedFacts facts) {
    long all =
        facts.classCounts().getOrDefault(shared.split(), List.of()).stream()
            .mapToLong(count -> count)
            .sum();
    String meaning =
        shared.in() == SplitName.TRAIN
            ? "results on them may tell what was memorized"
            : "choices made on one split are then tested on the same images";
    return String.format(
        Locale.ROOT,
        "%,d of %,d %s images are exact copies of %s images: %s.",
        shared.images(),
        all,
        shared.split().label(),
        shared.in() == SplitName.TRAIN ? "training" : shared.in().label(),
        meaning);
  }
}
