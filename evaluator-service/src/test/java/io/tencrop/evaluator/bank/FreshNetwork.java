package io.tencrop.evaluator.bank;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.spec.ArchitectureSpec;
import io.tencrop.contracts.spec.CropName;
import io.tencrop.contracts.spec.InputSpec;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.TrainCrop;
import io.tencrop.contracts.spec.TrainingSpec;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.evaluator.TinyData;
import io.tencrop.storage.ObjectStore;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.engine.Argument;
import io.tencrop.vision.engine.LoadedProgram;
import io.tencrop.vision.engine.NetworkWeights;
import io.tencrop.vision.engine.TensorGroup;
import io.tencrop.vision.network.ActivationShape;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.recipe.Compute;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.safetensors.SafetensorsWriter;
import io.tencrop.vision.safetensors.SafetensorsWriter.Entry;
import io.tencrop.vision.safetensors.TensorType;
import io.tencrop.vision.script.Program;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A network of the engine that is asked without the bank's code: crops are cut pixel by pixel as
 * torchvision documents them, and one call of the program takes the same crop of all images.
 */
final class FreshNetwork implements AutoCloseable {
  /** Side of the stored images: the margin is odd, so that rounding matters. */
  static final int STORED = 21;

  private static final int CROP = 16;
  private static final double MEAN = 0.4;
  private static final double STD = 0.3;

  /** Makes answers of untrained networks as sure as those of trained ones. */
  private static final float CONFIDENCE = 12;

  private final RunSpec run;
  private final Network network;
  private final NetworkWeights weights;
  private final LoadedProgram program;
  private final TensorGroup parameters;
  private final TensorGroup buffers;

  FreshNetwork(String architecture, int seed) throws ArchitectureException {
    run =
        new RunSpec(
            architecture + "-s" + seed,
            architecture,
            new ArchitectureSpec(architecture, Map.of()),
            seed,
            TrainingSpec.defaults(),
            new InputSpec(CROP, TrainCrop.RANDOM, new Normalization(List.of(MEAN), List.of(STD))));
    network =
        Architectures.create(architecture, Map.of())
            .network(ActivationShape.image(1, CROP, CROP), TinyData.CLASSES);
    weights = NetworkWeights.initial(network, seed);
    for (int i = weights.parameters().size() - 2; i < weights.parameters().size(); i++) {
      FloatBuffer values = weights.parameters().get(i).values();
      for (int j = 0; j < values.limit(); j++) {
        values.put(j, CONFIDENCE * values.get(j));
      }
    }
    program =
        new LoadedProgram(
            Program.inference(
                network,
                new InputTransform(CROP, true, List.of(MEAN), List.of(STD)),
                Compute.PLAIN),
            1);
    parameters = program.tensors(weights.parameters());
    buffers = program.tensors(weights.buffers());
  }

  RunSpec run() {
    return run;
  }

  /**
   * Writes the weights to the store.
   *
   * @return their SHA-256
   */
  String write(ObjectStore store) throws IOException {
    List<Entry> entries = new ArrayList<>();
    network.parameters().forEach(p -> entries.add(new Entry(p.name(), TensorType.F32, p.shape())));
    return store
        .putByContent(
            Buckets.CHECKPOINTS,
            Buckets::weights,
            out -> {
              try (SafetensorsWriter writer = new SafetensorsWriter(out, entries, Map.of())) {
                for (TensorGroup.Content content : weights.parameters()) {
                  FloatBuffer values = content.values().duplicate();
                  ByteBuffer bytes =
                      ByteBuffer.allocate(values.remaining() * Float.BYTES)
                          .order(ByteOrder.LITTLE_ENDIAN);
                  bytes.asFloatBuffer().put(values);
                  writer.write(bytes);
                }
              }
            })
        .sha256();
  }

  /** {@code [crop][image][class]}. */
  float[][][] logits(List<TinyData.Image> images, ViewSpec view) {
    List<float[][]> all = new ArrayList<>();
    for (ViewSpec.Scale scale : view.scales()) {
      Integer side = scale.shorterSide();
      int size = side == null ? STORED : side;
      boolean ten = scale.crops().equals(CropName.ALL);
      for (CropName crop : scale.crops()) {
        byte[] batch = new byte[images.size() * CROP * CROP];
        for (int i = 0; i < images.size(); i++) {
          Bitmap resized = images.get(i).pixels().resized(size, size);
          byte[] pixels = ten ? tenth(resized, crop) : named(resized, crop);
          System.arraycopy(pixels, 0, batch, i * pixels.length, pixels.length);
        }
        all.add(ask(batch, images.size()));
      }
    }
    return all.toArray(float[][][]::new);
  }

  private float[][] ask(byte[] batch, int count) {
    float[] answer =
        program.call(
            "logits",
            false,
            List.of(
                new Argument.Pixels(batch, count, CROP, CROP, 1),
                new Argument.Tensors(parameters),
                new Argument.Tensors(buffers)));
    float[][] logits = new float[count][TinyData.CLASSES];
    for (int i = 0; i < count; i++) {
      System.arraycopy(answer, i * TinyData.CLASSES, logits[i], 0, TinyData.CLASSES);
    }
    return logits;
  }

  /** Torchvision's ten_crop: the five crops of the image, then the five of the mirrored image. */
  private static byte[] tenth(Bitmap image, CropName crop) {
    int number = CropName.ALL.indexOf(crop);
    return number < 5
        ? cut(image, CropName.ALL.get(number))
        : cut(mirrored(image), CropName.ALL.get(number - 5));
  }

  /** The crop, mirrored after it was cut where its name says so. */
  private static byte[] named(Bitmap image, CropName crop) {
    String[] name = crop.label().split("Mirrored", 2);
    byte[] pixels =
        cut(
            image,
            CropName.ALL.stream().filter(c -> c.label().equals(name[0])).findFirst().orElseThrow());
    return name.length == 1 ? pixels : mirrored(new Bitmap(CROP, CROP, 1, pixels)).data();
  }

  private static byte[] cut(Bitmap image, CropName crop) {
    int far = image.width() - CROP;
    int middle = (int) Math.rint(far / 2.0);
    return switch (crop) {
      case TOP_LEFT -> cut(image, 0, 0);
      case TOP_RIGHT -> cut(image, 0, far);
      case BOTTOM_LEFT -> cut(image, far, 0);
      case BOTTOM_RIGHT -> cut(image, far, far);
      case CENTER -> cut(image, middle, middle);
      default -> throw new IllegalArgumentException(crop.label());
    };
  }

  private static byte[] cut(Bitmap image, int top, int left) {
    byte[] pixels = new byte[CROP * CROP];
    for (int y = 0; y < CROP; y++) {
      for (int x = 0; x < CROP; x++) {
        pixels[y * CROP + x] = image.data()[(top + y) * image.width() + left + x];
      }
    }
    return pixels;
  }

  private static Bitmap mirrored(Bitmap image) {
    byte[] pixels = new byte[image.data().length];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        pixels[y * image.width() + x] = image.data()[y * image.width() + image.width() - 1 - x];
      }
    }
    return new Bitmap(image.height(), image.width(), 1, pixels);
  }

  @Override
  public void close() {
    parameters.close();
    buffers.close();
    program.close();
  }
}
