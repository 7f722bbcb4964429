package io.tencrop.contracts.event;

import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.spec.CheckpointPolicy;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.SwaSpec;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * On {@code tencrop.training.segments}, keyed by run: train about a minute from {@code parent} on.
 * Where it ends is the trainer's choice; what the weights are after step n is not.
 *
 * @param checkpoints which checkpoints the evaluation plan wants, beside the one that ends the
 *     segment
 * @param parent where to start; absent: at step 0 from initial weights
 * @param swa the evaluation plan wants the checkpoints of these epochs too; absent: it does not
 */
public record TrainSegment(
    UUID experimentId,
    UUID runId,
    RunSpec run,
    PreparedDataset dataset,
    CheckpointPolicy checkpoints,
    @Nullable CheckpointRef parent,
    @Nullable SwaSpec swa) {}
