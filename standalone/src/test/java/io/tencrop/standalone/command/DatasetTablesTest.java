package io.tencrop.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.PreparedView;
import io.tencrop.contracts.data.Duplicates;
import io.tencrop.contracts.data.Duplicates.Image;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.data.PreparedFacts;
import io.tencrop.contracts.data.RejectedImages;
import io.tencrop.contracts.data.RejectedImages.RejectedImage;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.contracts.spec.ShardPreparation;
import io.tencrop.contracts.spec.SplitSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatasetTablesTest {
  @Test
  void whatWasPreparedIsShownInFull() {
    Normalization normalization = new Normalization(List.of(0.28604), List.of(0.353));
    PreparedDataset prepared =
        new PreparedDataset(
            "abc",
            "m",
            List.of("cat", "dog"),
            1,
            8,
            9,
            Map.of(SplitName.TRAIN, 1300L),
            normalization,
            List.of("1 of 4 test images is a copy."));
    Duplicates duplicates =
        new Duplicates(
            List.of(),
            Map.of(),
            0,
            List.of(
                new Duplicates.Pair(
                    new Image(SplitName.TRAIN, 3, 0, "cat/3.png"),
                    new Image(SplitName.TEST, 9, 0, null))));
    PreparedView view =
        new PreparedView(
            prepared,
            "pets",
            null,
            "d",
            new ShardPreparation(8, 1, SplitSpec.of(null, null, null, null, null, null), null),
            3,
            4,
            3 << 20,
            RejectedImages.of(List.of(new RejectedImage("cat/1.png", "truncated"))),
            new PreparedFacts(
                Map.of(SplitName.TRAIN, List.of(1200L, 100L), SplitName.TEST, List.of(2L, 2L)),
                normalization,
                duplicates));
    assertThat(DatasetTables.prepared(view))
        .containsExactly(
            "",
            "Prepared abc",
            "  images    8 x 9 x 1, 3 variants of each for training, 3.0 MiB in 4 shards",
            "  mean      0.2860",
            "  std       0.3530",
            "",
            "CLASS  TRAIN  VALIDATION  TEST",
            "cat    1,200           -     2",
            "dog      100           -     2",
            "",
            "IMAGE             EXACT COPY",
            "train: cat/3.png  test: image 9",
            "left out: cat/1.png (truncated)",
            "note: 1 of 4 test images is a copy.");
  }
}
