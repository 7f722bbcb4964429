package io.tencrop.dataset.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.Duplicates;
import io.tencrop.contracts.data.Duplicates.Image;
import io.tencrop.contracts.data.Duplicates.Pair;
import io.tencrop.contracts.data.Duplicates.Shared;
import io.tencrop.contracts.data.PreparedFacts;
import io.tencrop.contracts.data.PreparedManifest;
import io.tencrop.contracts.data.RejectedImages;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.contracts.spec.ShardPreparation;
import io.tencrop.contracts.spec.SplitSpec;
import io.tencrop.dataset.source.SourceSnapshot;
import io.tencrop.dataset.source.SourceSnapshot.Layout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DuplicateSearchTest {
  private static SourceSnapshot source(@Nullable List<String> digests, int... labels) {
    return new SourceSnapshot(
        "d",
        List.of("a", "b"),
        Layout.ZIP,
        List.of(),
        null,
        labels,
        new int[labels.length],
        IntStream.range(0, labels.length).mapToObj(id -> id + ".png").toList(),
        digests,
        8,
        8,
        null,
        List.of());
  }

  private static final Map<SplitName, int[]> SPLITS =
      Map.of(
          SplitName.TRAIN, new int[] {0, 1, 2, 6},
          SplitName.VALIDATION, new int[] {3, 7},
          SplitName.TEST, new int[] {4, 5, 8});

  @Test
  void tellsLeaksRepetitionsAndContradictions() {
    List<String> digests = List.of("x", "x", "y", "x", "x", "z", "y", "w", "w");
    SourceSnapshot source = source(digests, 0, 0, 0, 1, 0, 0, 1, 0, 0);
    Duplicates found = DuplicateSearch.in(source, SPLITS).orElseThrow();
    assertThat(found.acrossSplits())
        .containsExactly(
            new Shared(SplitName.VALIDATION, SplitName.TRAIN, 1),
            new Shared(SplitName.TEST, SplitName.TRAIN, 1),
            new Shared(SplitName.TEST, SplitName.VALIDATION, 2));
    assertThat(found.withinSplits()).isEqualTo(Map.of(SplitName.TRAIN, 2L));
    assertThat(found.otherLabel()).isEqualTo(3);
    assertThat(found.pairs())
        .containsExactly(
            new Pair(image(SplitName.TRAIN, 0, 0), image(SplitName.VALIDATION, 3, 1)),
            new Pair(image(SplitName.TRAIN, 0, 0), image(SplitName.TEST, 4, 0)),
            new Pair(image(SplitName.VALIDATION, 3, 1), image(SplitName.TEST, 4, 0)),
            new Pair(image(SplitName.VALIDATION, 7, 0), image(SplitName.TEST, 8, 0)));
    PreparedFacts facts =
        new PreparedFacts(
            Map.of(SplitName.VALIDATION, List.of(1L, 1L), SplitName.TEST, List.of(2L, 1_000L)),
            new Normalization(List.of(0.5), List.of(0.5)),
            found);
    PreparedManifest manifest =
        new PreparedManifest(
            1,
            "id",
            "name",
            "d",
            new ShardPreparation(8, 1, SplitSpec.of(null, null, null, null, null, null), null),
            source.classes(),
            1,
            8,
            8,
            Map.of(),
            RejectedImages.NONE,
            null,
            facts);
    assertThat(DataNotes.of(manifest))
        .hasSize(4)
        .anyMatch(note -> note.startsWith("1 of 1,002 test images are exact copies of training"));
  }

  private static Image image(SplitName split, int id, int label) {
    return new Image(split, id, label, id + ".png");
  }

  @Test
  void nothingIsFoundWhereNothingIsTheSame() {
    SourceSnapshot source =
        source(List.of("1", "2", "3", "4", "5", "6", "7", "8", "9"), new int[9]);
    Duplicates found = DuplicateSearch.in(source, SPLITS).orElseThrow();
    assertThat(found.acrossSplits()).isEmpty();
    assertThat(found.withinSplits()).isEmpty();
    assertThat(found.pairs()).isEmpty();
    assertThat(DuplicateSearch.in(source(null, new int[9]), SPLITS)).isEmpty();
  }

  @Test
  void pairsAreBoundedAndTotalsAreNot() {
    String[] digests = new String[600];
    Arrays.fill(digests, "same");
    SourceSnapshot source = source(List.of(digests), new int[600]);
    Map<SplitName, int[]> splits =
        Map.of(
            SplitName.TRAIN, IntStream.range(0, 300).toArray(),
            SplitName.TEST, IntStream.range(300, 600).toArray());
    Duplicates found = DuplicateSearch.in(source, splits).orElseThrow();
    assertThat(found.pairs()).hasSize(Duplicates.MAX_PAIRS);
    assertThat(found.pairs().get(99).second().id()).isEqualTo(399);
    assertThat(found.acrossSplits())
        .containsExactly(new Shared(SplitName.TEST, SplitName.TRAIN, 300));
    assertThat(found.withinSplits()).isEqualTo(Map.of(SplitName.TRAIN, 299L, SplitName.TEST, 299L));
  }
}
