package io.tencrop.vision.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tencrop.vision.data.ArrayImages;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.engine.Argument;
import io.tencrop.vision.engine.LoadedProgram;
import io.tencrop.vision.engine.NetworkWeights;
import io.tencrop.vision.engine.TensorGroup;
import io.tencrop.vision.network.ActivationShape;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.recipe.FineTuning;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.recipe.Optimizer;
import io.tencrop.vision.recipe.TrainingOptions;
import io.tencrop.vision.safetensors.SafetensorsFile;
import io.tencrop.vision.script.Program;
import io.tencrop.vision.script.Update;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradientNormsTest {
  private static final InputTransform INPUT =
      new InputTransform(32, false, List.of(0.3), List.of(0.3));
  private static final double RATE = 0.5;
  private static final Optimizer SGD = new Optimizer.Sgd(RATE, 0, 0, false, 0);
  private static final ImageSet IMAGES = ArrayImages.squares(12, 4, 1, 36, 1);

  @TempDir Path directory;

  private static TrainingSettings settings(TrainingOptions options) throws Exception {
    return new TrainingSettings(
        Architectures.create("lenet5", Map.of()),
        Loss.CROSS_ENTROPY,
        SGD,
        options,
        6,
        2,
        7,
        1,
        INPUT,
        4);
  }

  /** Plain gradient descent moves each parameter by the learning rate times its gradient. */
  @Test
  void theyAreThoseOfTheEpochsLastStep() throws Exception {
    for (double clip : new double[] {0, 1e-3}) {
      TrainingOptions options =
          TrainingOptions.DEFAULTS.withFineTuning(new FineTuning(List.of("conv1.*"), 1));
      try (TrainingSession session =
          TrainingSession.start(
              settings(clip == 0 ? options : options.withGradientClipNorm(clip)), IMAGES, IMAGES)) {
        assertThat(session.advance().epochSummary()).isNull();
        Path before = save(session.snapshot(), "before");
        List<ParameterNorm> norms =
            Objects.requireNonNull(session.advance().epochSummary()).norms();
        Path after = save(session.snapshot(), "after");
        assertThat(norms)
            .extracting(ParameterNorm::name)
            .containsExactly(
                "conv2.weight",
                "conv2.bias",
                "fc1.weight",
                "fc1.bias",
                "fc2.weight",
                "fc2.bias",
                "fc3.weight",
                "fc3.bias");
        double total =
            Math.sqrt(norms.stream().mapToDouble(n -> n.gradient() * n.gradient()).sum());
        double scale = clip == 0 ? 1 : clip / (total + 1e-6);
        assertThat(scale).isLessThanOrEqualTo(1);
        for (ParameterNorm norm : norms) {
          float[] was = values(before, norm.name());
          float[] is = values(after, norm.name());
          assertThat((double) norm.value()).isCloseTo(length(was), within(1e-5 * length(was)));
          double moved =
              length(IntStream.range(0, was.length).mapToDouble(i -> (double) was[i] - is[i]));
          assertThat(norm.gradient() * scale * RATE)
              .as(norm.name())
              .isCloseTo(moved, within(1e-2 * moved + 1e-7));
          assertThat(norm.gradient()).isPositive();
        }
      }
    }
  }

  @Test
  void askingForThemChangesNoBitOfTheWeights() throws Exception {
    TrainingOptions options = TrainingOptions.DEFAULTS.withGradientClipNorm(0.5);
    Optimizer adam = new Optimizer.Adam(0.002, 0.9, 0.999, 1e-8, 0);
    Network network =
        Architectures.create("lenet5", Map.of()).network(ActivationShape.image(1, 32, 32), 4);
    Update update = Update.of(network, adam, options);
    List<ByteBuffer> without = trained(network, update, 0, 2);
    List<ByteBuffer> with = trained(network, update, 1, 2 + 2 * network.parameters().size());
    assertThat(with).isEqualTo(without);
  }

  private static List<ByteBuffer> trained(Network network, Update update, int norms, int answered) {
    TrainingState state =
        TrainingState.initial(network, update, NetworkWeights.initial(network, 3));
    BatchLoader batches = new BatchLoader(IMAGES, INPUT, 6, 1);
    try (LoadedProgram program =
        new LoadedProgram(Program.training(network, INPUT, Loss.CROSS_ENTROPY, update, false), 1)) {
      try (TensorGroup parameters =
              program.tensors(state.weights().parameters(), Set.copyOf(update.trainedPlaces()));
          TensorGroup buffers = program.tensors(state.weights().buffers());
          TensorGroup means = program.tensors(state.optimizer().get(0));
          TensorGroup squares = program.tensors(state.optimizer().get(1))) {
        for (int step = 1; step <= 4; step++) {
          BatchLoader.Batch batch = batches.ofStep(step);
          List<Argument> arguments = new ArrayList<>();
          arguments.add(batch.pixels());
          arguments.add(batch.labels());
          for (TensorGroup group : List.of(parameters, buffers, means, squares)) {
            arguments.add(new Argument.Tensors(group));
          }
          arguments.add(new Argument.Real(0.01));
          arguments.add(new Argument.Whole(step));
          arguments.add(new Argument.Whole(norms));
          assertThat(program.call("step", true, arguments)).hasSize(answered);
        }
        return parameters.copy();
      }
    }
  }

  private Path save(Snapshot snapshot, String name) throws Exception {
    Path file = directory.resolve(name);
    try (var out = Files.newOutputStream(file)) {
      snapshot.writeWeights(out);
    }
    return file;
  }

  private static float[] values(Path file, String name) throws Exception {
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      FloatBuffer data = tensors.data(name).asFloatBuffer();
      float[] values = new float[data.remaining()];
      data.get(values);
      return values;
    }
  }

  private static double length(float[] values) {
    return length(IntStream.range(0, values.length).mapToDouble(i -> values[i]));
  }

  private static double length(java.util.stream.DoubleStream values) {
    return Math.sqrt(values.map(value -> value * value).sum());
  }
}
