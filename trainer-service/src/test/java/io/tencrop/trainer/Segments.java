package io.tencrop.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.TrainSegment;
import io.tencrop.contracts.spec.ArchitectureSpec;
import io.tencrop.contracts.spec.CheckpointPolicy;
import io.tencrop.contracts.spec.InputSpec;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.SwaSpec;
import io.tencrop.contracts.spec.TrainCrop;
import io.tencrop.contracts.spec.TrainingSpec;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Requests for tests. */
final class Segments {
  private Segments() {}

  static RunSpec run(long seed, int epochs) {
    return new RunSpec(
        "lenet5-s" + seed,
        "lenet5",
        new ArchitectureSpec("lenet5", Map.of()),
        seed,
        training("{\"batchSize\": 16, \"epochs\": %d}".formatted(epochs)),
        new InputSpec(32, TrainCrop.RANDOM, new Normalization(List.of(0.5), List.of(0.5))));
  }

  /** The run with other training, as it stands in messages, and another input. */
  static RunSpec with(RunSpec run, String training, InputSpec input) {
    return new RunSpec(
        run.name(), run.group(), run.architecture(), run.seed(), training(training), input);
  }

  private static TrainingSpec training(String json) {
    try {
      return new MessageCodec().decode(json.getBytes(UTF_8), TrainingSpec.class);
    } catch (MessageFormatException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static PreparedDataset dataset(String id, String manifestSha256) {
    return new PreparedDataset(
        id,
        manifestSha256,
        List.of("a", "b", "c"),
        1,
        36,
        36,
        Map.of(SplitName.TRAIN, 200L, SplitName.VALIDATION, 40L),
        null,
        List.of());
  }

  static TrainSegment first(RunSpec run, PreparedDataset dataset, CheckpointPolicy policy) {
    return new TrainSegment(UUID.randomUUID(), UUID.randomUUID(), run, dataset, policy, null, null);
  }

  /** The same for a plan that wants an average. */
  static TrainSegment averaged(TrainSegment segment, SwaSpec swa) {
    return new TrainSegment(
        segment.experimentId(),
        segment.runId(),
        segment.run(),
        segment.dataset(),
        segment.checkpoints(),
        segment.parent(),
        swa);
  }

  /** The segment after the one that ended with {@code head}. */
  static TrainSegment after(TrainSegment segment, CheckpointRef head) {
    return new TrainSegment(
        segment.experimentId(),
        segment.runId(),
        segment.run(),
        segment.dataset(),
        segment.checkpoints(),
        head,
        segment.swa());
  }
}
