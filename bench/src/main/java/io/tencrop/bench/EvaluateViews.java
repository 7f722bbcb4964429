package io.tencrop.bench;

import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ShardedImages;
import io.tencrop.vision.engine.EngineHost;
import io.tencrop.vision.engine.Inference;
import io.tencrop.vision.evaluation.LogitBank;
import io.tencrop.vision.evaluation.LogitBankFile;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Asks several networks about the ten crops of each image of a shard and prints how long a pass
 * took, {@code {"pass_s": [each], "engine": ...}}. A pass is everything from the mapped shard to a
 * logit bank of each network. Arguments: {@code network[:option=value...] CxHxW crop threads passes
 * directory}, with {@code shard.safetensors} and {@code weights-0.safetensors} and so on in the
 * directory, as evaluate_views.py leaves them; the last pass's banks are written beside them. The
 * first pass warms up.
 */
public final class EvaluateViews {
  private EvaluateViews() {}

  public static void main(String... args) throws InterruptedException {
    Thread evaluator =
        new Thread(
            () -> {
              try {
                measure(args);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } catch (ArchitectureException e) {
                throw new IllegalArgumentException(e);
              }
            },
            "evaluator");
    evaluator.start();
    evaluator.join();
  }

  private static void measure(String... args) throws IOException, ArchitectureException {
    int size = Integer.parseInt(args[2]);
    int passes = Integer.parseInt(args[4]);
    Path directory = Path.of(args[5]);
    List<Inference> networks = new ArrayList<>();
    try (ShardedImages images =
        ShardedImages.open(List.of(directory.resolve("shard.safetensors")))) {
      while (Files.exists(weights(directory, networks.size()))) {
        networks.add(network(args, images, size, weights(directory, networks.size())));
      }
      List<Crop> crops = Crop.tenCrop(images.height(), images.width(), size);
      List<LogitBank> banks = pass(networks, images, crops);
      double[] measured = new double[passes];
      for (int i = 0; i < passes; i++) {
        long begin = System.nanoTime();
        banks = pass(networks, images, crops);
        measured[i] = (System.nanoTime() - begin) / 1e9;
      }
      for (int k = 0; k < banks.size(); k++) {
        Path file = directory.resolve("logits-%d.safetensors".formatted(k));
        LogitBankFile.write(
            banks.get(k), Map.of(), new BufferedOutputStream(Files.newOutputStream(file)));
      }
      System.out.printf(
          "{\"pass_s\": %s, \"engine\": \"Tencrop, %s, Java %s\"}%n",
          Arrays.toString(measured), EngineHost.description(), System.getProperty("java.version"));
    } finally {
      networks.forEach(Inference::close);
    }
  }

  private static Path weights(Path directory, int network) {
    return directory.resolve("weights-%d.safetensors".formatted(network));
  }

  private static Inference network(String[] args, ShardedImages images, int size, Path weights)
      throws IOException, ArchitectureException {
    InputTransform whole = TrainNetwork.normalized(images.channels());
    return Inference.load(
        TrainNetwork.architecture(args[0]),
        new InputTransform(size, true, whole.mean(), whole.std()),
        TrainNetwork.CLASSES,
        Loss.CROSS_ENTROPY,
        images.channels(),
        images.height(),
        images.width(),
        Integer.parseInt(args[3]),
        weights);
  }

  private static List<LogitBank> pass(
      List<Inference> networks, ShardedImages images, List<Crop> crops) {
    int n = images.size();
    int[] labels = new int[n];
    long[] ids = new long[n];
    for (int i = 0; i < n; i++) {
      labels[i] = images.label(i);
      ids[i] = images.id(i);
    }
    List<LogitBank> banks = new ArrayList<>();
    for (Inference network : networks) {
      float[] logits = network.logits(images, 0, n, crops);
      banks.add(new LogitBank(crops.size(), TrainNetwork.CLASSES, logits, labels, ids));
    }
    return banks;
  }
}
