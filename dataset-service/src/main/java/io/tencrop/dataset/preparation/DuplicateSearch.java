package io.tencrop.dataset.preparation;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.Duplicates;
import io.tencrop.contracts.data.Duplicates.Image;
import io.tencrop.contracts.data.Duplicates.Pair;
import io.tencrop.contracts.data.Duplicates.Shared;
import io.tencrop.dataset.source.SourceSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds images of a plan that are the same, by the digests of the source's description. */
final class DuplicateSearch {
  private final SourceSnapshot source;
  private final List<String> digests;
  private final Map<SplitName, Map<String, Integer>> firstOf = new EnumMap<>(SplitName.class);
  private final Map<SplitName, Map<SplitName, Long>> shared = new EnumMap<>(SplitName.class);
  private final Map<SplitName, Long> within = new EnumMap<>(SplitName.class);
  private final List<Pair> pairs = new ArrayList<>();
  private long otherLabel;

  private DuplicateSearch(SourceSnapshot source, List<String> digests) {
    this.source = source;
    this.digests = digests;
  }

  /** What repeats what; empty when the description tells no digests. */
  static Optional<Duplicates> in(SourceSnapshot source, Map<SplitName, int[]> ids) {
    List<String> digests = source.imageDigests();
    if (digests == null) {
      return Optional.empty();
    }
    DuplicateSearch search = new DuplicateSearch(source, digests);
    for (SplitName split : SplitName.values()) {
      search.look(split, ids.getOrDefault(split, new int[0]));
    }
    return Optional.of(search.found());
  }

  private void look(SplitName split, int... ids) {
    Map<String, Integer> here = new HashMap<>();
    for (int id : ids) {
      String digest = digests.get(id);
      @Nullable Integer repeated = here.putIfAbsent(digest, id);
      if (repeated != null) {
        within.merge(split, 1L, Long::sum);
      }
      for (Map.Entry<SplitName, Map<String, Integer>> earlier : firstOf.entrySet()) {
        Integer first = earlier.getValue().get(digest);
        if (first != null) {
          shared
              .computeIfAbsent(split, any -> new EnumMap<>(SplitName.class))
              .merge(earlier.getKey(), 1L, Long::sum);
          pairs.add(new Pair(image(earlier.getKey(), first), image(split, id)));
          repeated = first;
        }
      }
      if (repeated != null && source.labels()[repeated] != source.labels()[id]) {
        otherLabel++;
      }
    }
    firstOf.put(split, here);
  }

  private Image image(SplitName split, int id) {
    List<String> paths = source.paths();
    return new Image(split, id, source.labels()[id], paths == null ? null : paths.get(id));
  }

  private Duplicates found() {
    List<Shared> across = new ArrayList<>();
    shared.forEach(
        (split, earlier) ->
            earlier.forEach((in, images) -> across.add(new Shared(split, in, images))));
    return new Duplicates(
        across,
        within,
        otherLabel,
        pairs.stream()
            .sorted(
                Comparator.comparingLong((Pair pair) -> pair.first().id())
                    .thenComparingLong(pair -> pair.second().id()))
            .limit(Duplicates.MAX_PAIRS)
            .toList());
  }
}
