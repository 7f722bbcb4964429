package io.tencrop.dataset.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.spec.ResizeSpec;
import io.tencrop.contracts.spec.ShardAugmentSpec;
import io.tencrop.contracts.spec.ShardAugmentSpec.Operation;
import io.tencrop.contracts.spec.ShardAugmentSpec.RandomResizedCrop;
import io.tencrop.contracts.spec.ShardAugmentSpec.Rotation;
import io.tencrop.contracts.spec.ShardPreparation;
import io.tencrop.contracts.spec.SplitSpec;
import io.tencrop.dataset.preparation.Plan.ShardRange;
import io.tencrop.dataset.source.SourceSnapshot;
import io.tencrop.dataset.source.SourceSnapshot.Layout;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.vision.data.ImageSize;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final SplitSpec SHARES = new SplitSpec(false, 0.8, 0.1, 0.1, 42);
  private static final SplitSpec PROVIDED = new SplitSpec(true, null, 0.1, null, 42);

  /** A source whose images are divided over the parts in the order given. */
  private static SourceSnapshot source(List<String> classes, int height, int... perPart) {
    int size = Arrays.stream(perPart).sum();
    int[] parts = new int[size];
    int id = 0;
    for (int part = 0; part < perPart.length; part++) {
      Arrays.fill(parts, id, id + perPart[part], part);
      id += perPart[part];
    }
    Integer side = height == 0 ? null : height;
    return new SourceSnapshot(
        "d".repeat(64),
        classes,
        Layout.IDX,
        List.of(),
        null,
        new int[size],
        parts,
        null,
        null,
        side,
        side,
        height == 0 ? "a.png is 1 x 1, b.png is 2 x 2" : null,
        List.of());
  }

  private static SourceSnapshot source(int... perPart) {
    return source(List.of("a", "b"), 28, perPart);
  }

  private static Plan plan(SourceSnapshot source, Integer resize, int channels, SplitSpec split) {
    return Plan.of(source, new ShardPreparation(resize, channels, split, null), new MessageCodec());
  }

  private static void refused(
      SourceSnapshot source, Integer resize, int channels, SplitSpec split, String message) {
    assertThatThrownBy(() -> plan(source, resize, channels, split))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((PermanentFailureException) e).failure().code())
        .isIn(FailureCode.PREPARATION_INVALID, FailureCode.SOURCE_INVALID);
  }

  @Test
  void shardsCoverEverySplitOnce() {
    Plan plan = plan(source(60_000), null, 1, SHARES);
    assertThat(plan.height()).isEqualTo(28);
    for (SplitName split : SplitName.values()) {
      int next = 0;
      for (ShardRange shard : plan.shards()) {
        if (shard.split() == split) {
          assertThat(shard.from()).isEqualTo(next);
          assertThat(shard.images()).isBetween(1, 8192);
          assertThat(plan.ids(shard)).hasSize(shard.images()).isSorted();
          next = shard.to();
        }
      }
      assertThat(next).isEqualTo(plan.ids().get(split).length);
    }
    assertThat(plan.shards()).hasSize(6 + 1 + 1);
  }

  @Test
  void largeImagesMakeShardsOfAboutSixtyFourMebibytes() {
    Plan plan = plan(source(10_000), 224, 3, SHARES);
    long bytes = 224L * 224 * 3;
    assertThat(plan.shards())
        .allSatisfy(shard -> assertThat(shard.images() * bytes).isLessThanOrEqualTo(64L << 20));
    assertThat(plan.shards()).hasSize(18 + 8 + 8);
  }

  @Test
  void fewImagesMakeSmallerShardsForSeveralReplicas() {
    Plan plan = plan(source(1_400), 224, 3, SHARES);
    long bytes = 224L * 224 * 3;
    assertThat(plan.shards())
        .allSatisfy(shard -> assertThat(shard.images() * bytes).isGreaterThanOrEqualTo(8L << 20));
    assertThat(plan.shards()).hasSize(8 + 2 + 2);
    assertThat(plan(source(1_400), 28, 1, SHARES).shards()).hasSize(3);
  }

  private static Plan augmented(int resize, int variants, long seed, Operation... operations) {
    ShardAugmentSpec augment = new ShardAugmentSpec(variants, List.of(operations), seed);
    return Plan.of(
        source(60_000), new ShardPreparation(resize, 1, SHARES, augment), new MessageCodec());
  }

  @Test
  void trainingImagesAreThereOnceForEachVariant() {
    Rotation rotation = Rotation.of(10, null, null);
    Plan plan = augmented(28, 3, 1, rotation);
    assertThat(plan.shards()).hasSize(3 * 6 + 1 + 1);
    assertThat(plan.shards()).extracting(ShardRange::variant).contains(0, 1, 2);
    for (int index = 0; index < 18; index++) {
      ShardRange shard = plan.shard(SplitName.TRAIN, index);
      assertThat(shard.variant()).isEqualTo(index / 6);
      assertThat(plan.ids(shard)).isEqualTo(plan.ids(plan.shard(SplitName.TRAIN, index % 6)));
    }
    String name = plan.preparedId();
    assertThat(augmented(28, 3, 1, rotation).preparedId()).isEqualTo(name);
    assertThat(augmented(28, 2, 1, rotation).preparedId()).isNotEqualTo(name);
    assertThat(augmented(28, 3, 2, rotation).preparedId()).isNotEqualTo(name);
    assertThat(augmented(28, 3, 1, rotation, rotation).preparedId()).isNotEqualTo(name);
  }

  @Test
  void refusesVariantsOfAnotherSize() {
    assertThatThrownBy(() -> augmented(28, 3, 1, RandomResizedCrop.of(24, null, null)))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("images of 24 x 24, stored are images of 28 x 28");
    assertThatThrownBy(() -> augmented(28, 0, 1)).hasMessageContaining("variants is 0");
  }

  /** What was prepared is found again until the format version changes; this is version 2. */
  @Test
  void nameIsWhatItWasWithThisFormatVersion() {
    assertThat(plan(source(100), 16, 1, SHARES).preparedId())
        .isEqualTo("bdf8e1b39010dd7b5bcd1b70a9a8cc0655521d747161a1798f0a6fe728275065");
  }

  @Test
  void strataAreAskedForByName() {
    SplitSpec strata = new SplitSpec(false, 0.8, 0.1, 0.1, 42, true);
    SourceSnapshot source = source(100);
    Arrays.fill(source.labels(), 0, 10, 1);
    Plan plan = plan(source, 16, 1, strata);
    assertThat(plan.preparedId()).isNotEqualTo(plan(source, 16, 1, SHARES).preparedId());
    for (SplitName split : SplitName.values()) {
      int[] ids = plan.ids().get(split);
      assertThat(Arrays.stream(ids).filter(id -> id < 10).count()).isEqualTo(ids.length / 10);
    }
    SourceSnapshot parts = source(0, 100, 0, 30);
    Arrays.fill(parts.labels(), 0, 40, 1);
    int[] held =
        plan(parts, null, 1, new SplitSpec(true, null, 0.1, null, 42, true))
            .ids()
            .get(SplitName.VALIDATION);
    assertThat(held).hasSize(10);
    assertThat(Arrays.stream(held).filter(id -> id < 40).count()).isEqualTo(4);
  }

  private static Plan framed(ResizeSpec resize, Integer centerCrop) {
    return Plan.of(
        source(100), new ShardPreparation(resize, centerCrop, 1, SHARES, null), new MessageCodec());
  }

  @Test
  void framingDecidesTheStoredSize() {
    assertThat(framed(ResizeSpec.exact(20, 30), null).framing().stored())
        .isEqualTo(new ImageSize(20, 30));
    assertThat(framed(ResizeSpec.shorterSide(24), null).framing().stored())
        .isEqualTo(new ImageSize(24, 24));
    assertThat(framed(ResizeSpec.shorterSide(24), 20).framing().stored())
        .isEqualTo(new ImageSize(20, 20));
    assertThat(framed(null, 20).framing().stored()).isEqualTo(new ImageSize(20, 20));
    assertThat(framed(ResizeSpec.exact(16, 16), null).preparedId())
        .isEqualTo(plan(source(100), 16, 1, SHARES).preparedId());
    assertThatThrownBy(() -> framed(ResizeSpec.exact(20, 30), 21))
        .isInstanceOf(PermanentFailureException.class)
        .hasMessageContaining("centerCrop is 21")
        .hasMessageContaining("30 x 20");
    assertThatThrownBy(() -> framed(ResizeSpec.shorterSide(0), null))
        .hasMessageContaining("resize is 0");
  }

  @Test
  void nameDependsOnEverythingThatDecidesTheBytes() {
    String name = plan(source(100), 16, 1, SHARES).preparedId();
    assertThat(plan(source(100), 16, 1, SHARES).preparedId()).isEqualTo(name);
    assertThat(plan(source(100), 17, 1, SHARES).preparedId()).isNotEqualTo(name);
    assertThat(plan(source(100), 16, 3, SHARES).preparedId()).isNotEqualTo(name);
    SplitSpec seed = new SplitSpec(false, 0.8, 0.1, 0.1, 43);
    assertThat(plan(source(100), 16, 1, seed).preparedId()).isNotEqualTo(name);
  }

  @Test
  void providedPartsAreTakenAndValidationIsHeldOutWhereItIsMissing() {
    Plan held = plan(source(0, 100, 0, 30), null, 1, PROVIDED);
    assertThat(held.ids().get(SplitName.TRAIN)).hasSize(90);
    assertThat(held.ids().get(SplitName.VALIDATION)).hasSize(10);
    assertThat(held.ids().get(SplitName.TEST)).hasSize(30).startsWith(100);
    Plan own = plan(source(0, 100, 20, 30), null, 1, PROVIDED);
    assertThat(own.ids().get(SplitName.TRAIN)).hasSize(100);
    assertThat(own.ids().get(SplitName.VALIDATION)).hasSize(20);
  }

  @Test
  void refusesWhatCannotBePrepared() {
    refused(source(50), null, 1, PROVIDED, "no train and test parts");
    refused(source(50), null, 2, SHARES, "channels is 2");
    refused(source(50), 5000, 1, SHARES, "resize is 5000");
    refused(source(3), null, 1, SHARES, "split has no image");
    refused(source(50), null, 1, new SplitSpec(false, 0.8, 0.1, 0.3, 1), "add up to 1");
    refused(source(List.of("a"), 28, 50), null, 1, SHARES, "at least two");
    refused(
        source(List.of("a", "b"), 0, 50),
        null,
        1,
        SHARES,
        "b.png is 2 x 2): set preparation.resize");
  }
}
