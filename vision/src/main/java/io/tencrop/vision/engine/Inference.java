package io.tencrop.vision.engine;

import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.network.ActivationShape;
import io.tencrop.vision.network.Architecture;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.network.NetworkSummary;
import io.tencrop.vision.recipe.Compute;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.script.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A trained network that answers. One thread only, which may have several. */
public final class Inference implements AutoCloseable {
  /**
   * Crops per call of the program: enough to keep the cores busy, little enough for a large
   * network's activations.
   */
  private static final int CROPS_PER_CALL = 64;

  private final LoadedProgram program;
  private final TensorGroup parameters;
  private final TensorGroup buffers;
  private final Network network;

  private Inference(
      LoadedProgram program, TensorGroup parameters, TensorGroup buffers, Network network) {
    this.program = program;
    this.parameters = parameters;
    this.buffers = buffers;
    this.network = network;
  }

  /**
   * Loads a network with its weights.
   *
   * @param channels of the stored images
   * @param height of the stored images
   * @param width of the stored images
   * @param threads CPU threads of one operation
   * @param weights a safetensors file with the network's parameters, float32
   * @throws IOException when the file cannot be read or has not these parameters
   * @throws ArchitectureException when the network cannot take these images
   */
  public static Inference load(
      Architecture architecture,
      InputTransform transform,
      int classes,
      Loss loss,
      int channels,
      int height,
      int width,
      int threads,
      Path weights)
      throws IOException, ArchitectureException {
    Crop crop = transform.center(height, width);
    Network network =
        architecture.network(
            ActivationShape.image(channels, crop.height(), crop.width()), loss.outputs(classes));
    NetworkWeights contents = NetworkWeights.read(network, weights);
    LoadedProgram program =
        new LoadedProgram(Program.inference(network, transform, Compute.PLAIN), threads);
    return new Inference(
        program,
        program.tensors(contents.parameters()),
        program.tensors(contents.buffers()),
        network);
  }

  /** What the network costs for a batch of crops. */
  public NetworkSummary summary(int batch) {
    return NetworkSummary.of(network, batch);
  }

  /**
   * The logits of images {@code from} to {@code to} (exclusive) in each crop.
   *
   * @param crops all of the size that the network sees
   * @return {@code [to - from, crops, outputs]}, row-major
   */
  public float[] logits(ImageSet images, int from, int to, List<Crop> crops) {
    program.useThreads();
    int height = crops.get(0).height();
    int width = crops.get(0).width();
    int outputs = network.outputs();
    int cropBytes = height * width * images.channels();
    int total = Math.multiplyExact(to - from, crops.size());
    float[] logits = new float[Math.multiplyExact(total, outputs)];
    byte[] batch = new byte[Math.min(total, CROPS_PER_CALL) * cropBytes];
    for (int begin = 0; begin < total; begin += CROPS_PER_CALL) {
      int count = Math.min(CROPS_PER_CALL, total - begin);
      for (int i = 0; i < count; i++) {
        int item = begin + i;
        images.copyCrop(
            from + item / crops.size(), crops.get(item % crops.size()), batch, i * cropBytes);
      }
      float[] answer =
          program.call(
              "logits",
              false,
              List.of(
                  new Argument.Pixels(batch, count, height, width, images.channels()),
                  new Argument.Tensors(parameters),
                  new Argument.Tensors(buffers)));
      System.arraycopy(answer, 0, logits, begin * outputs, answer.length);
    }
    return logits;
  }

  @Override
  public void close() {
    parameters.close();
    buffers.close();
    program.close();
  }
}
