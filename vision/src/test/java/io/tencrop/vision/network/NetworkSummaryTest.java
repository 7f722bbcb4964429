package io.tencrop.vision.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.vision.network.NetworkSummary.Row;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkSummaryTest {
  private static final ActivationShape COLOR_224 = ActivationShape.image(3, 224, 224);

  private static final ActivationShape COLOR_32 = ActivationShape.image(3, 32, 32);

  private static NetworkSummary summary(
      String name, Map<String, Object> options, ActivationShape input, int outputs, int batch)
      throws ArchitectureException {
    return NetworkSummary.of(Architectures.create(name, options).network(input, outputs), batch);
  }

  /**
   * What {@code torch.utils.flop_counter.FlopCounterMode} counts (PyTorch 2.15, CPU) for
   * torchvision's models in a forward pass and in forward and backward of two images of 3x224x224,
   * and the bytes of the distinct tensors, parameters and buffers aside, that {@code
   * torch.autograd.graph.saved_tensors_hooks} sees kept: {@code tools/parity --costs}.
   */
  @ParameterizedTest
  @CsvSource({
    "alexnet, 2856753920, 8289154560, 7482368",
    "vgg11, 30436360192, 90962264064, 97738752",
    "vgg16, 61881057280, 185296355328, 146710528",
    "resnet18, 7256293376, 21296824320, 44398080",
    "resnet34, 14655045632, 43493081088, 64498176",
    "resnet50, 16356737024, 48598155264, 172031488",
    "vit-b-16, 70255312896, 211734171648, 236321360"
  })
  void countsWhatPyTorchCounts(String name, long forward, long training, long kept)
      throws ArchitectureException {
    NetworkSummary summary = summary(name, Map.of(), COLOR_224, 1000, 2);
    assertThat(summary.forwardFlops()).isEqualTo(forward);
    assertThat(summary.trainingFlops()).isEqualTo(training);
    assertThat(summary.keptBytes()).isEqualTo(kept);
  }

  /**
   * The most bytes that PyTorch's tensors take at once in a forward pass of two images, parameters,
   * buffers and images aside: the last column of {@code tools/parity --costs}, for networks that
   * need most where the images are not needed any more. ResNets with a bottleneck and transformers
   * differ, since Python's variables hold some tensors longer than needed.
   */
  @ParameterizedTest
  @CsvSource({"vgg11, 44957696", "vgg16, 51380224", "resnet18, 12845056", "resnet34, 12845056"})
  void activationsLiveAsInPyTorch(String name, long live) throws ArchitectureException {
    assertThat(summary(name, Map.of(), COLOR_224, 1000, 2).liveBytes()).isEqualTo(live);
  }

  @Test
  void aBlocksInputLivesUntilItsSumAndDropoutIsOfTrainingOnly() throws ArchitectureException {
    // The block's input, queries, keys and values, what was attended to, and a figure for each
    // head.
    long attending = 4 * 65 * (192 + 3 * 192 + 192 + 12);
    assertThat(summary("vit-tiny", Map.of(), COLOR_32, 10, 1).liveBytes()).isEqualTo(attending);
    assertThat(summary("vit-tiny", Map.of("dropout", 0.1), COLOR_32, 10, 1).liveBytes())
        .isEqualTo(attending);
  }

  @Test
  void listsThePartsOfBlocksAfterThem() throws ArchitectureException {
    NetworkSummary summary = summary("resnet18", Map.of("stem", "cifar"), COLOR_32, 10, 1);
    assertThat(summary.rows())
        .extracting(row -> row.depth() + " " + row.name() + " " + row.type() + " " + row.output())
        .contains("0 conv1 Conv2d [64, 32, 32]")
        .containsSubsequence(
            "0 layer2.0 Residual [128, 16, 16]",
            "1 conv1 Conv2d [128, 16, 16]",
            "1 bn2 BatchNorm2d [128, 16, 16]",
            "1 downsample.0 Conv2d [128, 16, 16]",
            "0 layer2.1 Residual [128, 16, 16]");
    assertThat(summary.parameters()).isEqualTo(11_173_962);
    assertThat(summary.bufferBytes()).isEqualTo(4 * 9_600);
    Row stem = summary.rows().get(1);
    assertThat(stem.forwardFlops()).isEqualTo(2L * 27 * 64 * 32 * 32);
    // The pixels need no gradient.
    assertThat(stem.trainingFlops()).isEqualTo(2 * stem.forwardFlops());
    assertThat(stem.outputBytes()).isEqualTo(4 * 64 * 32 * 32);
  }

  @Test
  void attentionIsCountedByItsProducts() throws ArchitectureException {
    NetworkSummary summary = summary("vit-tiny", Map.of(), COLOR_32, 10, 1);
    Row attention =
        summary.rows().stream()
            .filter(row -> row.name().equals("self_attention"))
            .findFirst()
            .orElseThrow();
    long projections = 2L * 65 * 192 * 4 * 192;
    long product = 2L * 65 * 65 * 192;
    assertThat(attention.forwardFlops()).isEqualTo(projections + 2 * product);
    assertThat(attention.trainingFlops()).isEqualTo(3 * projections + 7 * product);
    assertThat(attention.parameters()).isEqualTo(4 * 192 * 192 + 4 * 192);
  }

  @Test
  void growsWithTheBatchAndKeepsDropoutsMasks() throws ArchitectureException {
    NetworkSummary one = summary("alexnet-d2l", Map.of(), COLOR_224, 10, 1);
    NetworkSummary many = summary("alexnet-d2l", Map.of(), COLOR_224, 10, 32);
    NetworkSummary without = summary("alexnet-d2l", Map.of("dropout", 0), COLOR_224, 10, 1);
    assertThat(many.forwardFlops()).isEqualTo(32 * one.forwardFlops());
    assertThat(many.keptBytes()).isEqualTo(32 * one.keptBytes());
    assertThat(many.parameters()).isEqualTo(one.parameters());
    assertThat(one.keptBytes() - without.keptBytes()).isEqualTo(2 * 4096 * (4 + 4));
  }

  @Test
  void readsAsATable() throws ArchitectureException {
    String table = summary("lenet5", Map.of(), ActivationShape.image(1, 32, 32), 10, 32).table();
    assertThat(table.lines().limit(4).map(line -> line.replaceAll("\\s+", " ")))
        .containsExactly(
            "LAYER TYPE OUTPUT PARAMETERS FORWARD TRAINING STEP MEMORY KEPT",
            "input Input 32x1x32x32 - - - 128 KiB 128 KiB",
            "conv1 Conv2d 32x6x28x28 156 7.53 MFLOP 15.1 MFLOP 588 KiB 588 KiB",
            "relu1 Relu 32x6x28x28 - - - - -");
    assertThat(table)
        .contains("total")
        .contains("61,706")
        .contains("Parameters 241 KiB, running statistics -; ")
        .contains("For a batch of 32 in float32.");
  }
}
