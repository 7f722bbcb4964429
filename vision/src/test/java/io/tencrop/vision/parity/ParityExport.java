package io.tencrop.vision.parity;

import com.google.gson.Gson;
import io.tencrop.vision.data.ArrayImages;
import io.tencrop.vision.data.Shuffle;
import io.tencrop.vision.parity.ParityPlan.Case;
import io.tencrop.vision.parity.ParityPlan.Training;
import io.tencrop.vision.safetensors.SafetensorsWriter;
import io.tencrop.vision.safetensors.SafetensorsWriter.Entry;
import io.tencrop.vision.safetensors.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * This side of {@code tools/parity}, a process for each case. {@code train CASE DIR} trains and
 * writes images, weights, losses and logits; {@code answer CASE DIR} writes the logits of the
 * weights that PyTorch trained.
 */
final class ParityExport {
  /** What there is to compare of a training; logits are of the test images. */
  record Outcome(double[] losses, float[] initialLogits, float[] logits, double[] shares) {}

  private ParityExport() {}

  public static void main(String... args) throws Exception {
    ParityPlan plan = ParityPlan.read();
    Case parityCase = plan.named(args[1]);
    Path directory = Path.of(args[2]);
    ParityRun run = new ParityRun(parityCase);
    Map<String, Object> outcomes = new TreeMap<>();
    Path initial = directory.resolve("initial.safetensors");
    if (args[0].equals("train")) {
      run.writeInitial(plan.trainings().get(parityCase.trainings().get(0)), initial);
    }
    for (String name : parityCase.trainings()) {
      Training training = plan.trainings().get(name);
      if (args[0].equals("train")) {
        Path trained = directory.resolve(name + ".here.safetensors");
        double[] losses = run.train(training, initial, trained);
        outcomes.put(
            name,
            new Outcome(
                losses,
                run.logits(training.loss(), initial),
                run.logits(training.loss(), trained),
                run.shares(training)));
      } else {
        Path weights = directory.resolve(name + ".pytorch.safetensors");
        outcomes.put(name, run.logits(training.loss(), weights));
      }
    }
    if (args[0].equals("train")) {
      writeImages(run.trainingImages(), directory.resolve("training.safetensors"));
      writeImages(run.testImages(), directory.resolve("test.safetensors"));
      run.teacher()
          .write(Map.of(), Files.newOutputStream(directory.resolve("teacher.safetensors")));
      writeOrder(directory.resolve("order.safetensors"), run.trainingImages().size());
    }
    Files.writeString(directory.resolve(args[0] + ".json"), new Gson().toJson(outcomes));
  }

  private static void writeImages(ArrayImages images, Path file) throws Exception {
    long count = images.size();
    List<Entry> entries =
        List.of(
            new Entry(
                "images",
                TensorType.U8,
                List.of(
                    count,
                    (long) images.height(),
                    (long) images.width(),
                    (long) images.channels())),
            new Entry("labels", TensorType.I32, List.of(count)));
    try (SafetensorsWriter writer =
        new SafetensorsWriter(Files.newOutputStream(file), entries, Map.of())) {
      for (byte[] image : images.images()) {
        writer.write(ByteBuffer.wrap(image));
      }
      writer.write(bytes(images.labels()));
    }
  }

  /** Which images each step takes: {@code [steps * batch]}. */
  private static void writeOrder(Path file, int images) throws Exception {
    int epochs = ParityRun.STEPS / ParityRun.BATCHES;
    Entry entry = new Entry("order", TensorType.I32, List.of((long) epochs * images));
    try (SafetensorsWriter writer =
        new SafetensorsWriter(Files.newOutputStream(file), List.of(entry), Map.of())) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        writer.write(bytes(Shuffle.order(images, ParityRun.SEED, epoch)));
      }
    }
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    return bytes;
  }
}
