package io.tencrop.evaluator.checkpoint;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.evaluator.inference.EngineNetworks;
import io.tencrop.evaluator.inference.PreparedSplits;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.data.Shuffle;
import io.tencrop.vision.engine.BatchNormUpdate;
import io.tencrop.vision.network.ActivationShape;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.recipe.InputTransform;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * One pass over the training images that tells the running statistics of a network's batch norms,
 * see {@link BatchNormUpdate}. The images are cropped in the centre and not changed at random, as
 * in tests; their order and the batches are those of an epoch.
 */
final class BatchNormPass {
  private final PreparedSplits splits;

  BatchNormPass(PreparedSplits splits) {
    this.splits = splits;
  }

  /**
   * The statistics by name, little endian float32; none of a network without batch norms, for which
   * no image is read.
   *
   * @throws InterruptedException when this replica stops
   */
  Map<String, ByteBuffer> statistics(RunSpec run, PreparedDataset dataset, Path weights)
      throws IOException, InterruptedException {
    InputTransform transform = EngineNetworks.transform(run);
    Crop crop = transform.center(dataset.height(), dataset.width());
    Network network = network(run, dataset, crop);
    if (network.buffers().isEmpty()) {
      return Map.of();
    }
    try (PreparedSplits.OpenSplit train = splits.open(dataset, SplitName.TRAIN);
        BatchNormUpdate update =
            BatchNormUpdate.load(
                network, transform, crop, run.seed(), run.training().threads(), weights)) {
      pass(update, train.images(), run);
      return update.statistics();
    }
  }

  /** A single image that is left for the last batch may have no variance: it is passed over. */
  private static void pass(BatchNormUpdate update, ImageSet images, RunSpec run)
      throws InterruptedException {
    int[] order = Shuffle.order(images.size(), run.seed(), run.training().epochs());
    int batch = run.training().batchSize();
    for (int from = 0; from < order.length; from += batch) {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped while computing the statistics of batch norms");
      }
      int to = Math.min(from + batch, order.length);
      if (to - from > 1 || from == 0) {
        update.add(images, order, from, to);
      }
    }
  }

  private static Network network(RunSpec run, PreparedDataset dataset, Crop crop) {
    try {
      return EngineNetworks.architecture(run)
          .network(
              ActivationShape.image(dataset.channels(), crop.height(), crop.width()),
              EngineNetworks.loss(run.training().loss()).outputs(dataset.classes().size()));
    } catch (ArchitectureException e) {
      throw EngineNetworks.invalid(run, e);
    }
  }
}
