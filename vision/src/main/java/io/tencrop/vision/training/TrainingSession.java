package io.tencrop.vision.training;

import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.data.RandomStream;
import io.tencrop.vision.data.RandomStream.Purpose;
import io.tencrop.vision.engine.Argument;
import io.tencrop.vision.engine.EngineHost;
import io.tencrop.vision.engine.LoadedProgram;
import io.tencrop.vision.engine.NetworkWeights;
import io.tencrop.vision.network.ActivationShape;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.network.Parameter;
import io.tencrop.vision.recipe.BatchMix;
import io.tencrop.vision.recipe.EarlyStopping;
import io.tencrop.vision.script.Program;
import io.tencrop.vision.script.Update;
import io.tencrop.vision.training.BatchLoader.Batch;
import io.tencrop.vision.weights.WeightsMisfitException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run in progress. All calls come from the thread that created it; only a {@link Snapshot} may be
 * given to another.
 */
public final class TrainingSession implements AutoCloseable {
  private static final int TESTING_BATCH = 256;

  private final TrainingSettings settings;
  private final Network network;
  private final BatchLoader training;
  private final ReadAhead<Batch> ahead;
  private final @Nullable BatchLoader validation;
  private final LoadedProgram program;
  private final Update update;
  private final TrainedTensors tensors;
  private final LearningCurve curve;
  private long step;

  private TrainingSession(
      TrainingSettings settings,
      Network network,
      Update update,
      TrainingImages images,
      TrainingState state) {
    ImageSet validation = images.validation();
    this.settings = settings;
    this.network = network;
    this.training =
        new BatchLoader(
            images.train(),
            settings.input(),
            settings.batchSize(),
            settings.seed(),
            images.teacher());
    this.ahead = new ReadAhead<>(training::ofStep, totalSteps());
    this.validation =
        validation.size() == 0
            ? null
            : new BatchLoader(validation, settings.input(), TESTING_BATCH, settings.seed());
    this.step = Long.parseLong(state.values().getOrDefault(TrainingState.STEP, "0"));
    this.curve =
        LearningCurve.restore(
            training.batches(), settings.options().earlyStopping(), state.values());
    this.update = update;
    this.program =
        new LoadedProgram(
            Program.training(
                network,
                settings.input(),
                settings.loss(),
                update,
                EngineHost.hasFusedOptimizers()),
            settings.threads());
    this.tensors = new TrainedTensors(program, update, state);
  }

  /**
   * Begins a run at step 0, from initial weights.
   *
   * @param validation may be empty
   * @throws ArchitectureException when the network cannot take these images
   */
  public static TrainingSession start(
      TrainingSettings settings, ImageSet train, ImageSet validation) throws ArchitectureException {
    return start(settings, new TrainingImages(train, validation));
  }

  /**
   * Begins a run at step 0, from initial weights.
   *
   * @throws ArchitectureException when the network cannot take these images
   */
  public static TrainingSession start(TrainingSettings settings, TrainingImages images)
      throws ArchitectureException {
    Network network = network(settings, images);
    return start(
        settings,
        images,
        network,
        PatchWhitening.of(
            NetworkWeights.initial(network, settings.seed()),
            network,
            images.train(),
            settings.input()));
  }

  /**
   * Begins a run at step 0, from weights that were trained before. A head that was made for another
   * number of outputs is begun anew.
   *
   * @param weights a safetensors file, float32, under the network's names
   * @throws WeightsMisfitException when they are another network's
   * @throws IOException when the file cannot be read
   */
  public static TrainingSession start(
      TrainingSettings settings, TrainingImages images, Path weights)
      throws IOException, ArchitectureException {
    Network network = network(settings, images);
    return start(
        settings, images, network, NetworkWeights.initial(network, settings.seed(), weights));
  }

  private static TrainingSession start(
      TrainingSettings settings, TrainingImages images, Network network, NetworkWeights weights) {
    Update update = Update.of(network, settings.optimizer(), settings.options());
    return new TrainingSession(
        settings, network, update, images, TrainingState.initial(network, update, weights));
  }

  /**
   * Goes on from a snapshot.
   *
   * @param weights as {@link Snapshot#writeWeights} wrote it
   * @param optimizerState as {@link Snapshot#writeOptimizerState} wrote it
   * @throws IOException when a file cannot be read or does not fit the settings
   */
  public static TrainingSession resume(
      TrainingSettings settings, TrainingImages images, Path weights, Path optimizerState)
      throws IOException, ArchitectureException {
    Network network = network(settings, images);
    Update update = Update.of(network, settings.optimizer(), settings.options());
    TrainingState state = TrainingState.read(network, update, weights, optimizerState);
    return new TrainingSession(settings, network, update, images, state);
  }

  private static Network network(TrainingSettings settings, TrainingImages images)
      throws ArchitectureException {
    images.check(settings);
    ImageSet train = images.train();
    Crop crop = settings.input().center(train.height(), train.width());
    return settings
        .architecture()
        .network(
            ActivationShape.image(train.channels(), crop.height(), crop.width()),
            settings.loss().outputs(settings.classes()));
  }

  /** Updates so far. */
  public long step() {
    return step;
  }

  /** Whether the run has ended: after its last step, or by {@link EarlyStopping}. */
  public boolean finished() {
    return step >= totalSteps() || stoppedEarly();
  }

  /** Whether validation has not improved for as many epochs as {@link EarlyStopping} allows. */
  public boolean stoppedEarly() {
    return curve.exhausted();
  }

  /** Updates of the whole run, unless it stops early. */
  public long totalSteps() {
    return (long) training.batches() * settings.epochs();
  }

  public int stepsPerEpoch() {
    return training.batches();
  }

  /** Whole epochs so far. */
  public int epoch() {
    return (int) (step / training.batches());
  }

  /** How long the steps of this session have waited in all for their batches, in nanoseconds. */
  public long dataWaitNanos() {
    return ahead.waitedNanos();
  }

  /** The engine that trains, see {@link EngineHost#description()}. */
  public String engine() {
    return EngineHost.description();
  }

  /**
   * Trains on the next batch. At an epoch's end it also measures on the validation images.
   *
   * @throws TrainingDivergedException when the loss is not finite
   * @throws IllegalStateException when the run has ended
   */
  public StepOutcome advance() {
    if (finished()) {
      throw new IllegalStateException("the run ended with step " + step);
    }
    long next = step + 1;
    Batch batch = ahead.take(next);
    EngineHost.seed(RandomStream.of(settings.seed(), Purpose.STEP, next).nextLong());
    float[] measured = program.call("step", true, arguments(batch, next));
    if (!Float.isFinite(measured[0])) {
      throw new TrainingDivergedException(next, measured[0], learningRate());
    }
    step = next;
    curve.add(measured[0], measured[1], batch.size());
    return new StepOutcome(
        step,
        (double) step / training.batches(),
        batch.size(),
        measured[0],
        measured[1] / batch.size(),
        curve.takePoint(step),
        takeEpoch(measured));
  }

  private List<Argument> arguments(Batch batch, long next) {
    List<Argument> arguments = new ArrayList<>();
    arguments.add(batch.pixels());
    arguments.add(batch.labels());
    if (batch.taught() != null) {
      arguments.add(batch.taught());
    }
    tensors.addTo(arguments);
    arguments.add(new Argument.Real(learningRate()));
    arguments.add(new Argument.Whole(next));
    arguments.add(new Argument.Whole(next % training.batches() == 0 ? 1 : 0));
    if (!settings.options().mix().isEmpty()) {
      addMixture(arguments, batch, next);
    }
    return arguments;
  }

  private void addMixture(List<Argument> arguments, Batch batch, long next) {
    List<BatchMix> choices = settings.options().mix();
    RandomStream random = RandomStream.of(settings.seed(), Purpose.MIX, next);
    BatchMix.Mixture mixture =
        choices
            .get(random.nextInt(choices.size()))
            .draw(random, batch.pixels().height(), batch.pixels().width());
    arguments.add(new Argument.Real(mixture.lambda()));
    arguments.add(new Argument.Real(mixture.blended()));
    arguments.add(new Argument.Whole(mixture.top()));
    arguments.add(new Argument.Whole(mixture.left()));
    arguments.add(new Argument.Whole(mixture.bottom()));
    arguments.add(new Argument.Whole(mixture.right()));
  }

  /** Of the next step. */
  public double learningRate() {
    return settings.optimizer().learningRate()
        * settings.options().schedule().factor(step, training.batches(), totalSteps());
  }

  /** What a step that ends an epoch told beside loss and accuracy. */
  private List<ParameterNorm> norms(float[] measured) {
    List<Parameter> parameters = update.trained(network);
    List<ParameterNorm> norms = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      norms.add(
          new ParameterNorm(
              parameters.get(i).name(), measured[2 + i], measured[2 + parameters.size() + i]));
    }
    return norms;
  }

  private @Nullable EpochSummary takeEpoch(float[] measured) {
    if (step % training.batches() != 0) {
      return null;
    }
    Tally validated = validate();
    if (validation != null && !Double.isFinite(validated.meanLoss())) {
      throw new TrainingDivergedException(step, validated.meanLoss(), learningRate());
    }
    return curve.takeEpoch(step, validated, norms(measured));
  }

  private Tally validate() {
    Tally tally = new Tally();
    if (validation != null) {
      for (int i = 0; i < validation.batches(); i++) {
        Batch batch = validation.testing(i);
        List<Argument> arguments = new ArrayList<>(List.of(batch.pixels(), batch.labels()));
        tensors.addJudgedTo(arguments);
        float[] measured = program.call("measure", false, arguments);
        tally.add(measured[0], measured[1], batch.size());
      }
    }
    return tally;
  }

  /** A copy of the state as it is now. */
  public Snapshot snapshot() {
    Map<String, String> values = new TreeMap<>();
    values.put(TrainingState.STEP, Long.toString(step));
    curve.save(values);
    return tensors.snapshot(network, update, values);
  }

  @Override
  public void close() {
    ahead.close();
    tensors.close();
    program.close();
    EngineHost.releaseMemory();
  }
}
