package io.tencrop.vision.engine;

import io.tencrop.vision.engine.TensorGroup.Content;
import io.tencrop.vision.network.Buffer;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.network.Parameter;
import io.tencrop.vision.safetensors.SafetensorsFile;
import io.tencrop.vision.weights.WeightsFit;
import io.tencrop.vision.weights.WeightsMisfitException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The values of a network's tensors.
 *
 * @param parameters in the network's order
 * @param buffers in the network's order
 */
public record NetworkWeights(List<Content> parameters, List<Content> buffers) {

  /**
   * Before training that goes on from weights of the same network. A head that was made for another
   * number of outputs is begun anew.
   *
   * @param seed of a new head
   * @param weights a safetensors file, float32
   * @throws WeightsMisfitException when they are another network's
   * @throws IOException when the file cannot be read
   */
  public static NetworkWeights initial(Network network, long seed, Path weights)
      throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(weights)) {
      Map<String, List<Long>> shapes = new TreeMap<>();
      file.header().tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
      WeightsFit fit = WeightsFit.of(network, shapes);
      Optional<String> objection = fit.objection();
      if (objection.isPresent()) {
        throw new WeightsMisfitException(objection.get());
      }
      List<Parameter> begun = fit.replacesHead() ? network.headParameters() : List.of();
      List<Content> parameters = new ArrayList<>();
      for (Parameter parameter : network.parameters()) {
        parameters.add(
            begun.contains(parameter)
                ? initial(parameter, seed)
                : StoredTensors.read(file, parameter.name(), parameter.shape()));
      }
      return new NetworkWeights(parameters, readBuffers(network, file, UnaryOperator.identity()));
    }
  }

  private static Content initial(Parameter parameter, long seed) {
    return new Content(parameter.shape(), FloatBuffer.wrap(parameter.initialValues(seed)));
  }

  /** Before training. */
  public static NetworkWeights initial(Network network, long seed) {
    List<Content> parameters = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      parameters.add(initial(parameter, seed));
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
    return new NetworkWeights(parameters, readBuffers(network, file, stored));
  }

  private static List<Content> readBuffers(
      Network network, SafetensorsFile file, UnaryOperator<String> stored) throws IOException {
    List<Content> buffers = new ArrayList<>();
    for (Buffer buffer : network.buffers()) {
      buffers.add(
          StoredTensors.read(file, stored.apply(buffer.name()), List.of((long) buffer.size())));
    }
    return buffers;
  }
}
