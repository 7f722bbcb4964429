package io.tencrop.evaluator.inference;

import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.network.NetworkSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Makes trained networks answer. */
public interface Networks {
  /**
   * Loads a run's network.
   *
   * @param weights a local file of the checkpoint
   * @throws io.tencrop.messaging.PermanentFailureException when the network does not fit the data
   *     or the weights
   */
  Answering load(RunSpec run, PreparedDataset dataset, Path weights) throws IOException;

  /** A loaded network; for one thread. */
  interface Answering extends AutoCloseable {
    /**
     * The logits of images {@code from} to {@code to} (exclusive) in each crop.
     *
     * @return {@code [to - from, crops, outputs]}, row-major
     */
    float[] logits(ImageSet images, int from, int to, List<Crop> crops);

    /** What the network costs for a batch. */
    NetworkSummary summary(int batch);

    @Override
    void close();
  }
}
