package io.tencrop.trainer;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.TrainSegment;
import io.tencrop.contracts.spec.ArchitectureSpec;
import io.tencrop.contracts.spec.CheckpointPolicy;
import io.tencrop.contracts.spec.InputSpec;
import io.tencrop.contracts.spec.LossSpec;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.contracts.spec.OptimizerSpec;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.TrainCrop;
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
        OptimizerSpec.Adam.of(0.001, null, null, null),
        LossSpec.CROSS_ENTROPY,
        16,
        epochs,
        1,
        new InputSpec(32, TrainCrop.RANDOM, new Normalization(List.of(0.5), List.of(0.5))));
  }

  /** The same run with another batch size, optimizer, loss or crop. */
  static RunSpec with(
      RunSpec run, int batchSize, OptimizerSpec optimizer, LossSpec loss, InputSpec input) {
    return new RunSpec(
        run.name(),
        run.group(),
        run.architecture(),
        run.seed(),
        optimizer,
        loss,
        batchSize,
        run.epochs(),
        run.threads(),
        input);
  }

  static PreparedDataset dataset(String id, String manifestSha256) {
    return new PreparedDataset(
        id,
        manifestSha256,
        List.of("a", "b", "c"),
        1,
        36,
        36,
        Map.of(SplitName.TRAIN, 200L, SplitName.VALIDATION, 40L));
  }

  static TrainSegment first(RunSpec run, PreparedDataset dataset, CheckpointPolicy policy) {
    return new TrainSegment(UUID.randomUUID(), UUID.randomUUID(), run, dataset, policy, null);
  }

  /** The segment after the one that ended with {@code head}. */
  static TrainSegment after(TrainSegment segment, CheckpointRef head) {
    return new TrainSegment(
        segment.experimentId(),
        segment.runId(),
        segment.run(),
        segment.dataset(),
        segment.checkpoints(),
        head);
  }
}
