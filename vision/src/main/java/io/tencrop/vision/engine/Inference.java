package io.tencrop.vision.engine;

import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.network.ActivationShape;
import io.tencrop.vision.network.Architecture;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.network.NetworkSummary;
import io.tencrop.vision.network.SharedPrefix;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.script.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A trained network that answers. One thread only, which may have several. */
public final class Inference implements AutoCloseable {
  /**
   * The largest activation of a call, so that memory is bounded whatever the network. Within it,
   * the more crops the better: a call reads the weights once.
   */
  private static final long LARGEST_BYTES = 128L << 20;

  private static final int LEAST_CROPS = 8;
  private static final int MOST_CROPS = 512;

  private final LoadedProgram program;
  private final TensorGroup tensors;
  private final Network network;
  private final List<SharedPrefix> prefixes;
  private final int cropsPerCall;

  private Inference(LoadedProgram program, TensorGroup tensors, Network network) {
    this.program = program;
    this.tensors = tensors;
    this.network = network;
    prefixes = SharedPrefix.of(network);
    long largest =
        network.layers().stream().mapToLong(layer -> layer.output().elements()).max().orElseThrow();
    long crops = LARGEST_BYTES / (Float.BYTES * largest);
    cropsPerCall = (int) Math.max(LEAST_CROPS, Math.min(MOST_CROPS, crops));
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
        new LoadedProgram(Program.answers(network, transform, EngineHost.onCpu()), threads);
    try (TensorGroup parameters = program.tensors(contents.parameters());
        TensorGroup buffers = program.tensors(contents.buffers())) {
      List<Argument> loaded =
          List.of(new Argument.Tensors(parameters), new Argument.Tensors(buffers));
      return new Inference(program, program.tensors("prepared", loaded), network);
    }
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
    return SharedCrops.of(crops, prefixes)
        .map(shared -> shared(images, from, to, shared))
        .orElseGet(() -> each(images, from, to, crops));
  }

  /** Crop by crop. */
  private float[] each(ImageSet images, int from, int to, List<Crop> crops) {
    int outputs = network.outputs();
    int total = Math.multiplyExact(to - from, crops.size());
    float[] logits = new float[Math.multiplyExact(total, outputs)];
    Batch batch = new Batch(images, crops.get(0), Math.min(total, cropsPerCall));
    for (int begin = 0; begin < total; begin += cropsPerCall) {
      int count = Math.min(cropsPerCall, total - begin);
      for (int i = 0; i < count; i++) {
        int item = begin + i;
        batch.put(i, from + item / crops.size(), crops.get(item % crops.size()));
      }
      float[] answer =
          program.call(
              "answers", false, List.of(batch.first(count), new Argument.Tensors(tensors)));
      System.arraycopy(answer, 0, logits, begin * outputs, answer.length);
    }
    return logits;
  }

  /** With the network's first layers computed once for all crops of an image. */
  private float[] shared(ImageSet images, int from, int to, SharedCrops shared) {
    int outputs = network.outputs();
    int crops = shared.crops();
    int step = Math.max(1, cropsPerCall / crops);
    List<Crop> blocks = shared.blocks();
    float[] logits = new float[Math.multiplyExact(Math.multiplyExact(to - from, crops), outputs)];
    Batch batch = new Batch(images, blocks.get(0), blocks.size() * Math.min(step, to - from));
    for (int begin = from; begin < to; begin += step) {
      int count = Math.min(step, to - begin);
      for (int i = 0; i < blocks.size() * count; i++) {
        batch.put(i, begin + i % count, blocks.get(i / count));
      }
      float[] answer =
          program.call(
              "answersOfParts" + shared.prefix().stride(),
              false,
              List.of(
                  batch.first(blocks.size() * count),
                  new Argument.Tensors(tensors),
                  new Argument.Whole(count),
                  new Argument.Wholes(shared.parts())));
      for (int i = 0; i < crops * count; i++) {
        int place = (begin - from + i % count) * crops + i / count;
        System.arraycopy(answer, i * outputs, logits, place * outputs, outputs);
      }
    }
    return logits;
  }

  @Override
  public void close() {
    tensors.close();
    program.close();
  }

  /** The pixels of one call. */
  private static final class Batch {
    private final ImageSet images;
    private final Crop size;
    private final byte[] bytes;

    Batch(ImageSet images, Crop size, int count) {
      this.images = images;
      this.size = size;
      bytes = new byte[Math.multiplyExact(count, bytesEach())];
    }

    private int bytesEach() {
      return size.height() * size.width() * images.channels();
    }

    void put(int place, int image, Crop crop) {
      images.copyCrop(image, crop, bytes, place * bytesEach());
    }

    Argument first(int count) {
      return new Argument.Pixels(bytes, count, size.height(), size.width(), images.channels());
    }
  }
}
