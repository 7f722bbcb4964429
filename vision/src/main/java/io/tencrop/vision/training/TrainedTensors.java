package io.tencrop.vision.training;

import io.tencrop.vision.engine.Argument;
import io.tencrop.vision.engine.LoadedProgram;
import io.tencrop.vision.engine.NetworkWeights;
import io.tencrop.vision.engine.TensorGroup;
import io.tencrop.vision.engine.TensorGroup.Content;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.recipe.Ema;
import io.tencrop.vision.script.Update;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What training changes, in the engine: the weights, their averages, the optimizer's state. */
final class TrainedTensors implements AutoCloseable {
  private final Weights weights;

  /** Absent without {@link Ema}. */
  private final @Nullable Weights averages;

  private final List<TensorGroup> optimizer = new ArrayList<>();

  private record Weights(TensorGroup parameters, TensorGroup buffers) implements AutoCloseable {
    void addTo(List<Argument> arguments) {
      arguments.add(new Argument.Tensors(parameters));
      arguments.add(new Argument.Tensors(buffers));
    }

    List<ByteBuffer> copy() {
      List<ByteBuffer> copies = new ArrayList<>(parameters.copy());
      copies.addAll(buffers.copy());
      return copies;
    }

    @Override
    public void close() {
      parameters.close();
      buffers.close();
    }
  }

  /** The state's tensors, for calls of the program. */
  TrainedTensors(LoadedProgram program, Update update, TrainingState state) {
    this.weights =
        new Weights(
            program.tensors(state.weights().parameters(), Set.copyOf(update.trainedPlaces())),
            program.tensors(state.weights().buffers()));
    NetworkWeights averaged = state.averages();
    this.averages =
        averaged == null
            ? null
            : new Weights(
                program.tensors(averaged.parameters()), program.tensors(averaged.buffers()));
    for (List<Content> tensors : state.optimizer()) {
      optimizer.add(program.tensors(tensors));
    }
  }

  /** All, as a step takes them. */
  void addTo(List<Argument> arguments) {
    weights.addTo(arguments);
    if (averages != null) {
      averages.addTo(arguments);
    }
    optimizer.forEach(state -> arguments.add(new Argument.Tensors(state)));
  }

  /** The weights that the run is judged by: the averages where there are any. */
  void addJudgedTo(List<Argument> arguments) {
    (averages == null ? weights : averages).addTo(arguments);
  }

  /**
   * A copy as they are now.
   *
   * @param values the rest of the state
   */
  Snapshot snapshot(Network network, Update update, Map<String, String> values) {
    List<List<ByteBuffer>> states = new ArrayList<>();
    optimizer.forEach(group -> states.add(group.copy()));
    return TrainingState.snapshot(
        network, update, weights.copy(), averages == null ? null : averages.copy(), states, values);
  }

  @Override
  public void close() {
    weights.close();
    if (averages != null) {
      averages.close();
    }
    optimizer.forEach(TensorGroup::close);
  }
}
