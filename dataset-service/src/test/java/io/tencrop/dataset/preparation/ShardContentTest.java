package io.tencrop.dataset.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.RejectedImages.RejectedImage;
import io.tencrop.contracts.spec.ShardAugmentSpec;
import io.tencrop.contracts.spec.ShardAugmentSpec.ColorJitter;
import io.tencrop.contracts.spec.ShardAugmentSpec.Interpolation;
import io.tencrop.contracts.spec.ShardAugmentSpec.RandomResizedCrop;
import io.tencrop.contracts.spec.ShardAugmentSpec.Rotation;
import io.tencrop.contracts.spec.ShardPreparation;
import io.tencrop.contracts.spec.SplitSpec;
import io.tencrop.dataset.preparation.Plan.ShardRange;
import io.tencrop.dataset.preparation.ShardContent.Outcome;
import io.tencrop.dataset.source.SourceImages;
import io.tencrop.dataset.source.SourceSnapshot;
import io.tencrop.dataset.source.SourceSnapshot.Layout;
import io.tencrop.dataset.source.UnusableImageException;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.ImageSize;
import io.tencrop.vision.data.ShardedImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ShardContentTest {
  private static final int SIZE = 100;
  private static final int UNUSABLE = 17;
  private static final int CHANGED = 23;

  private static final ShardPreparation PREPARATION =
      new ShardPreparation(
          24,
          3,
          new SplitSpec(false, 0.8, 0.1, 0.1, 42),
          new ShardAugmentSpec(
              6,
              List.of(
                  new RandomResizedCrop(24, List.of(0.5, 1.0), List.of(0.75, 1.3)),
                  new Rotation(10, Interpolation.BILINEAR, 0),
                  new ColorJitter(0.2, 0.2, 0.2, 0.05)),
              7));

  private static final SourceSnapshot SOURCE =
      new SourceSnapshot(
          "d".repeat(64),
          List.of("a", "b"),
          Layout.DIRECTORY,
          List.of(),
          "photos",
          IntStream.range(0, SIZE).map(id -> id % 2).toArray(),
          new int[SIZE],
          IntStream.range(0, SIZE).mapToObj(id -> id + ".jpg").toList(),
          null,
          40,
          50,
          null,
          List.of());

  private static final Plan PLAN = Plan.of(SOURCE, PREPARATION, new MessageCodec());

  @TempDir Path directory;

  /** Noise that each thread takes another time to decode. */
  private static final class Photos implements SourceImages {
    private final int changed;

    Photos(int changed) {
      this.changed = changed;
    }

    @Override
    public Bitmap read(int id) throws IOException, UnusableImageException {
      return readCoded(id).decode(1);
    }

    @Override
    public Coded readCoded(int id) {
      return new Coded() {
        @Override
        public int bytes() {
          return 1000;
        }

        @Override
        public ImageSize size() {
          return new ImageSize(40, 50);
        }

        @Override
        public Bitmap decode(int reduction) throws UnusableImageException {
          if (id == UNUSABLE) {
            throw new UnusableImageException("it is truncated", null);
          }
          if (id == changed) {
            throw new PermanentFailureException(FailureCode.SOURCE_INVALID, "another image");
          }
          byte[] pixels = new byte[40 * 50 * 3];
          for (int i = 0; i < id * 31 % 17; i++) {
            new Random(i).nextBytes(pixels);
          }
          new Random(id).nextBytes(pixels);
          return new Bitmap(40, 50, 3, pixels);
        }
      };
    }

    @Override
    public void close() {}
  }

  private List<byte[]> write(int threads, List<ShardRange> ranges) throws Exception {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < ranges.size(); i++) {
      files.add(Files.createTempFile(directory, "shard", ".safetensors"));
    }
    try (ImageWorkers workers = new ImageWorkers(threads)) {
      new ShardContent(SOURCE, PLAN, ranges, PREPARATION, workers).write(new Photos(-1), files);
    }
    List<byte[]> bytes = new ArrayList<>();
    for (Path file : files) {
      bytes.add(Files.readAllBytes(file));
    }
    return bytes;
  }

  private static List<ShardRange> variants() {
    return PLAN.shards().stream().filter(shard -> shard.split() == SplitName.TRAIN).toList();
  }

  @Test
  void bytesDependNeitherOnThreadsNorOnWhatIsWrittenTogether() throws Exception {
    List<ShardRange> variants = variants();
    assertThat(variants).hasSize(6);
    List<byte[]> together = write(4, variants);
    for (int i = 0; i < variants.size(); i++) {
      assertThat(write(1, List.of(variants.get(i))).get(0)).isEqualTo(together.get(i));
    }
    assertThat(together.get(0)).isNotEqualTo(together.get(1));
  }

  @Test
  void imagesAreInOrderWithoutThoseThatCannotBeUsed() throws Exception {
    ShardRange range =
        PLAN.shards().stream()
            .filter(shard -> IntStream.of(PLAN.ids(shard)).anyMatch(id -> id == UNUSABLE))
            .findFirst()
            .orElseThrow();
    Path file = directory.resolve("shard.safetensors");
    Outcome outcome;
    try (ImageWorkers workers = new ImageWorkers(3)) {
      outcome =
          new ShardContent(SOURCE, PLAN, List.of(range), PREPARATION, workers)
              .write(new Photos(-1), List.of(file))
              .get(0);
    }
    assertThat(outcome.rejected().first())
        .containsExactly(new RejectedImage("17.jpg", "it is truncated"));
    try (ShardedImages images = ShardedImages.open(List.of(file))) {
      assertThat(IntStream.range(0, images.size()).map(i -> (int) images.id(i)))
          .containsExactlyElementsOf(
              IntStream.of(PLAN.ids(range)).filter(id -> id != UNUSABLE).boxed().toList());
      assertThat(
              IntStream.range(0, images.size()).allMatch(i -> images.label(i) == images.id(i) % 2))
          .isTrue();
    }
  }

  @Test
  void failureOfAThreadIsTheShards() {
    ShardRange range =
        PLAN.shards().stream()
            .filter(shard -> IntStream.of(PLAN.ids(shard)).anyMatch(id -> id == CHANGED))
            .findFirst()
            .orElseThrow();
    try (ImageWorkers workers = new ImageWorkers(3)) {
      ShardContent content = new ShardContent(SOURCE, PLAN, List.of(range), PREPARATION, workers);
      assertThatThrownBy(
              () -> content.write(new Photos(CHANGED), List.of(directory.resolve("broken"))))
          .isInstanceOf(PermanentFailureException.class)
          .hasMessage("another image");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void fullDiskIsToldAndMayBeTriedAgain() throws Exception {
    Path full = Path.of("/dev/full");
    List<ShardRange> train = PLAN.shards().subList(0, 1);
    try (ImageWorkers workers = new ImageWorkers(3)) {
      ShardContent content = new ShardContent(SOURCE, PLAN, train, PREPARATION, workers);
      assertThatThrownBy(() -> content.write(new Photos(-1), List.of(full)))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(PermanentFailureException.class)
          .hasMessageContaining("No space left");
      assertThat(content.write(new Photos(-1), List.of(directory.resolve("again")))).hasSize(1);
    }
  }

  /** Of a photo of some size, what the sides of may be divided by. */
  private static int reduction(int height, int width, boolean fast) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    SourceImages.Coded photo =
        new SourceImages.Coded() {
          @Override
          public int bytes() {
            return 1000;
          }

          @Override
          public ImageSize size() {
            return new ImageSize(height, width);
          }

          @Override
          public Bitmap decode(int reduction) {
            asked.set(reduction);
            ImageSize size = size().reduced(reduction);
            return new Bitmap(
                size.height(), size.width(), 3, new byte[size.height() * size.width() * 3]);
          }
        };
    try (ImageWorkers workers = new ImageWorkers(1)) {
      new StoredImages(PLAN, PREPARATION.augment(), List.of(0, 1), fast).of(photo, 3, workers);
    }
    return asked.get();
  }

  @Test
  void decodingIsReducedAsFarAsTheSmallestCropAllows() throws Exception {
    // The smallest crop of 300 x 400 pixels has a side of sqrt(300 * 400 * 0.5 * 0.75) = 212.
    assertThat(reduction(300, 400, true)).isEqualTo(8);
    assertThat(reduction(160, 160, true)).isEqualTo(4);
    assertThat(reduction(60, 60, true)).isEqualTo(1);
    assertThat(reduction(20, 9000, true)).isEqualTo(1);
    assertThat(reduction(300, 400, false)).isEqualTo(1);
  }

  @Test
  void variantsOfTheSameImagesAreOneWorkItem() {
    assertThat(PLAN.workItems(PLAN.shards()))
        .extracting(shard -> shard.split() + " " + shard.variant())
        .containsExactlyInAnyOrder("TRAIN 0", "TRAIN 4", "VALIDATION 0", "TEST 0");
    List<ShardRange> variants = variants();
    assertThat(PLAN.together(variants.get(5))).containsExactly(variants.get(4), variants.get(5));
    assertThat(PLAN.workItems(variants.subList(2, 6)))
        .containsExactly(variants.get(2), variants.get(4));
  }
}
