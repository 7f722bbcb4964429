package io.tencrop.vision.engine;

import io.tencrop.vision.engine.TensorGroup.Content;
import io.tencrop.vision.network.Buffer;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.network.Parameter;
import io.tencrop.vision.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The values of a network's tensors.
 *
 * @param parameters in the network's order
 * @param buffers in the network's order
 */
public record NetworkWeights(List<Content> parameters, List<Content> buffers) {

  /** Before training. */
  public static NetworkWeights initial(Network network, long seed) {
    List<Content> parameters = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      FloatBuffer values = FloatBuffer.wrap(parameter.initialValues(seed));
      parameters.add(new Content(parameter.shape(), values));
    }
    List<Content> buffers = new ArrayList<>();
    for (Buffer buffer : network.buffers()) {
      float[] values = new float[buffer.size()];
      Arrays.fill(values, buffer.initial());
      buffers.add(new Content(List.of((long) buffer.size()), FloatBuffer.wrap(values)));
    }
    return new NetworkWeights(parameters, buffers);
  }

  /**
   * From a safetensors file.
   *
   * @throws IOException when it cannot be read, or a tensor is missing or has another type or shape
   */
  public static NetworkWeights read(Network network, Path weights) throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(weights)) {
      return read(network, file, UnaryOperator.identity());
    }
  }

  /**
   * From an open safetensors file.
   *
   * @param stored from a tensor's name to the one that it has in the file
   * @throws IOException as above
   */
  public static NetworkWeights read(
      Network network, SafetensorsFile file, UnaryOperator<String> stored) throws IOException {
    List<Content> parameters = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      parameters.add(StoredTensors.read(file, stored.apply(parameter.name()), parameter.shape()));
    }
    List<Content> buffers = new ArrayList<>();
    for (Buffer buffer : network.buffers()) {
      buffers.add(
          StoredTensors.read(file, stored.apply(buffer.name()), List.of((long) buffer.size())));
    }
    return new NetworkWeights(parameters, buffers);
  }
}
