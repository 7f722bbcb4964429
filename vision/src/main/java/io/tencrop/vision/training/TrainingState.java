package io.tencrop.vision.training;

import io.tencrop.vision.engine.NetworkWeights;
import io.tencrop.vision.engine.StoredTensors;
import io.tencrop.vision.engine.TensorGroup.Content;
import io.tencrop.vision.network.Buffer;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.network.Parameter;
import io.tencrop.vision.recipe.Ema;
import io.tencrop.vision.safetensors.SafetensorsFile;
import io.tencrop.vision.safetensors.SafetensorsWriter;
import io.tencrop.vision.safetensors.SafetensorsWriter.Entry;
import io.tencrop.vision.safetensors.TensorType;
import io.tencrop.vision.script.Update;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run starts from.
 *
 * @param weights as they are trained
 * @param averages of the weights; absent without {@link Ema}
 * @param optimizer for each of the optimizer's state names, tensors in the order of the trained
 *     parameters
 * @param values the rest: the step, the running means
 */
record TrainingState(
    NetworkWeights weights,
    @Nullable NetworkWeights averages,
    List<List<Content>> optimizer,
    Map<String, String> values) {

  static final String STEP = "step";

  /** Before the first step. */
  static TrainingState initial(Network network, Update update, NetworkWeights weights) {
    List<Parameter> trained = update.trained(network);
    int largest = trained.stream().mapToInt(Parameter::elements).max().orElse(0);
    FloatBuffer zeros = FloatBuffer.allocate(largest);
    List<Content> state =
        trained.stream()
            .map(parameter -> new Content(parameter.shape(), zeros.slice(0, parameter.elements())))
            .toList();
    List<List<Content>> states = Collections.nCopies(update.optimizer().stateNames().size(), state);
    NetworkWeights averages = update.options().ema() == null ? null : weights;
    return new TrainingState(weights, averages, states, Map.of(STEP, "0"));
  }

  /** As a {@link Snapshot} wrote it. */
  static TrainingState read(Network network, Update update, Path weightsFile, Path optimizerFile)
      throws IOException {
    NetworkWeights stored = NetworkWeights.read(network, weightsFile);
    try (SafetensorsFile file = SafetensorsFile.open(optimizerFile)) {
      List<List<Content>> states = new ArrayList<>();
      for (String state : update.optimizer().stateNames()) {
        List<Content> tensors = new ArrayList<>();
        for (Parameter parameter : update.trained(network)) {
          tensors.add(StoredTensors.read(file, stateName(parameter, state), parameter.shape()));
        }
        states.add(tensors);
      }
      Map<String, String> values = file.header().metadata();
      if (!values.containsKey(STEP)) {
        throw new IOException(optimizerFile + " does not say after which step it was written");
      }
      return update.options().ema() == null
          ? new TrainingState(stored, null, states, values)
          : new TrainingState(
              NetworkWeights.read(network, file, TrainingState::trainedName),
              stored,
              states,
              values);
    }
  }

  private static String stateName(Parameter parameter, String state) {
    return parameter.name() + "." + state;
  }

  /** What a tensor is called in the state's file, when the weights' file has its average. */
  private static String trainedName(String name) {
    return name + ".trained";
  }

  /**
   * A snapshot of these values, which nobody changes any more.
   *
   * @param weights the parameters, then the buffers, as they are trained
   * @param averages of the same; absent without {@link Ema}
   */
  static Snapshot snapshot(
      Network network,
      Update update,
      List<ByteBuffer> weights,
      @Nullable List<ByteBuffer> averages,
      List<List<ByteBuffer>> states,
      Map<String, String> values) {
    List<Entry> weightEntries = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      weightEntries.add(new Entry(parameter.name(), TensorType.F32, parameter.shape()));
    }
    for (Buffer buffer : network.buffers()) {
      weightEntries.add(new Entry(buffer.name(), TensorType.F32, List.of((long) buffer.size())));
    }
    List<Entry> stateEntries = new ArrayList<>();
    for (String state : update.optimizer().stateNames()) {
      for (Parameter parameter : update.trained(network)) {
        stateEntries.add(new Entry(stateName(parameter, state), TensorType.F32, parameter.shape()));
      }
    }
    List<ByteBuffer> stateValues = new ArrayList<>();
    states.forEach(stateValues::addAll);
    if (averages != null) {
      weightEntries.forEach(
          entry ->
              stateEntries.add(new Entry(trainedName(entry.name()), entry.type(), entry.shape())));
      stateValues.addAll(weights);
    }
    List<ByteBuffer> weightValues = averages == null ? weights : averages;
    return new Snapshot() {
      @Override
      public long step() {
        return Long.parseLong(values.getOrDefault(STEP, "0"));
      }

      @Override
      public void writeWeights(OutputStream out) throws IOException {
        write(out, weightEntries, Map.of("format", "pt"), weightValues);
      }

      @Override
      public void writeOptimizerState(OutputStream out) throws IOException {
        write(out, stateEntries, values, stateValues);
      }
    };
  }

  private static void write(
      OutputStream out, List<Entry> entries, Map<String, String> metadata, List<ByteBuffer> values)
      throws IOException {
    try (SafetensorsWriter writer = new SafetensorsWriter(new KeptOpen(out), entries, metadata)) {
      for (ByteBuffer value : values) {
        writer.write(value.duplicate());
      }
    }
  }

  /** Passes all on but the closing. */
  private static final class KeptOpen extends FilterOutputStream {
    KeptOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
