package io.tencrop.evaluator.inference;

import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.spec.LossSpec;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.TrainCrop;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.engine.Inference;
import io.tencrop.vision.network.ActivationShape;
import io.tencrop.vision.network.Architecture;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.network.NetworkSummary;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.safetensors.SafetensorsFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Networks in the engine of {@code vision}, with the run's own thread count. */
public final class EngineNetworks implements Networks {
  @Override
  public Answering load(RunSpec run, PreparedDataset dataset, Path weights) throws IOException {
    try {
      Inference inference =
          Inference.load(
              architecture(run),
              transform(run),
              dataset.classes().size(),
              loss(run.training().loss()),
              dataset.channels(),
              dataset.height(),
              dataset.width(),
              run.training().threads(),
              weights);
      return new Loaded(inference);
    } catch (ArchitectureException | IllegalArgumentException e) {
      throw invalid(run, e);
    } catch (SafetensorsFormatException e) {
      throw new PermanentFailureException(
          FailureCode.OBJECT_CORRUPT,
          "The weights of run %s are not those of its network %s: %s."
              .formatted(run.name(), run.architecture().name(), e.getMessage()),
          e);
    }
  }

  /**
   * Floating-point operations of a run's network for one crop; a multiply-accumulate is two.
   *
   * @throws PermanentFailureException when the network does not fit the data
   */
  public static long operations(RunSpec run, PreparedDataset dataset) {
    try {
      Crop crop = transform(run).center(dataset.height(), dataset.width());
      Network network =
          architecture(run)
              .network(
                  ActivationShape.image(dataset.channels(), crop.height(), crop.width()),
                  loss(run.training().loss()).outputs(dataset.classes().size()));
      return NetworkSummary.of(network, 1).forwardFlops();
    } catch (ArchitectureException | IllegalArgumentException e) {
      throw invalid(run, e);
    }
  }

  /** The run's network cannot be made, or not for these images. */
  public static PermanentFailureException invalid(RunSpec run, Exception cause) {
    return new PermanentFailureException(
        FailureCode.ARCHITECTURE_INVALID,
        "Run %s cannot be evaluated: %s.".formatted(run.name(), cause.getMessage()),
        cause);
  }

  public static Architecture architecture(RunSpec run) throws ArchitectureException {
    return Architectures.create(run.architecture().name(), run.architecture().options());
  }

  public static InputTransform transform(RunSpec run) {
    Normalization normalize = run.input().normalize();
    return new InputTransform(
        run.input().crop(),
        run.input().trainCrop() == TrainCrop.RANDOM,
        normalize == null ? List.of() : normalize.mean(),
        normalize == null ? List.of() : normalize.std());
  }

  public static Loss loss(LossSpec loss) {
    Loss.Kind kind =
        switch (loss.type()) {
          case CROSS_ENTROPY -> Loss.Kind.CROSS_ENTROPY;
          case BINARY_CROSS_ENTROPY -> Loss.Kind.BINARY_CROSS_ENTROPY;
        };
    return new Loss(kind, loss.labelSmoothing());
  }

  private record Loaded(Inference inference) implements Answering {
    @Override
    public float[] logits(ImageSet images, int from, int to, List<Crop> crops) {
      return inference.logits(images, from, to, crops);
    }

    @Override
    public NetworkSummary summary(int batch) {
      return inference.summary(batch);
    }

    @Override
    public void close() {
      inference.close();
    }
  }
}
