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
    List<Content> parameters = new ArrayList<>();
    List<Content> buffers = new ArrayList<>();
    try (SafetensorsFile file = SafetensorsFile.open(weights)) {
      for (Parameter parameter : network.parameters()) {
        parameters.add(StoredTensors.read(file, parameter.name(), parameter.shape()));
      }
      for (Buffer buffer : network.buffers()) {
        buffers.add(StoredTensors.read(file, buffer.name(), List.of((long) buffer.size())));
      }
    }
    return new NetworkWeights(parameters, buffers);
  }
}
