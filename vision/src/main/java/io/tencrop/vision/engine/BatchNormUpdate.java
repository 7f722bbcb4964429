package io.tencrop.vision.engine;

import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.data.RandomStream;
import io.tencrop.vision.data.RandomStream.Purpose;
import io.tencrop.vision.network.Buffer;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.recipe.Compute;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.script.Program;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes the running statistics of batch norms anew for weights that were not trained with them,
 * as {@code torch.optim.swa_utils.update_bn} does: each batch goes through the network as in
 * training, and each statistic becomes the mean of what it is in the batches ({@code
 * momentum=None}). Dropout drops, as it does there; it draws from {@code seed}. One thread only.
 */
public final class BatchNormUpdate implements AutoCloseable {
  private final Network network;
  private final Crop crop;
  private final long seed;
  private final LoadedProgram program;
  private final TensorGroup parameters;
  private final TensorGroup buffers;
  private long batches;

  private BatchNormUpdate(
      Network network,
      Crop crop,
      long seed,
      LoadedProgram program,
      TensorGroup parameters,
      TensorGroup buffers) {
    this.network = network;
    this.crop = crop;
    this.seed = seed;
    this.program = program;
    this.parameters = parameters;
    this.buffers = buffers;
  }

  /**
   * Loads a network with its weights.
   *
   * @param crop what of each image the network sees
   * @param threads CPU threads of one operation
   * @param weights a safetensors file with the network's tensors, float32
   * @throws IOException when the file cannot be read or has not these tensors
   */
  public static BatchNormUpdate load(
      Network network, InputTransform transform, Crop crop, long seed, int threads, Path weights)
      throws IOException {
    NetworkWeights contents = NetworkWeights.read(network, weights);
    LoadedProgram program =
        new LoadedProgram(Program.statistics(network, transform, Compute.PLAIN), threads);
    return new BatchNormUpdate(
        network,
        crop,
        seed,
        program,
        program.tensors(contents.parameters()),
        program.tensors(contents.buffers()));
  }

  /**
   * Takes the next batch into account.
   *
   * @param order indices of images, of which the batch has those {@code from} to {@code to}
   *     (exclusive)
   */
  public void add(ImageSet images, int[] order, int from, int to) {
    int imageBytes = crop.height() * crop.width() * images.channels();
    byte[] pixels = new byte[Math.multiplyExact(to - from, imageBytes)];
    for (int i = from; i < to; i++) {
      images.copyCrop(order[i], crop, pixels, (i - from) * imageBytes);
    }
    batches++;
    EngineHost.seed(RandomStream.of(seed, Purpose.STEP, batches).nextLong());
    program.call(
        "statistics",
        false,
        List.of(
            new Argument.Pixels(pixels, to - from, crop.height(), crop.width(), images.channels()),
            new Argument.Tensors(parameters),
            new Argument.Tensors(buffers),
            new Argument.Real(1.0 / batches)));
  }

  /** The statistics as they are now, by name, little endian float32. */
  public Map<String, ByteBuffer> statistics() {
    List<ByteBuffer> values = buffers.copy();
    Map<String, ByteBuffer> statistics = new LinkedHashMap<>();
    for (Buffer buffer : network.buffers()) {
      statistics.put(buffer.name(), values.get(statistics.size()));
    }
    return statistics;
  }

  @Override
  public void close() {
    parameters.close();
    buffers.close();
    program.close();
  }
}
