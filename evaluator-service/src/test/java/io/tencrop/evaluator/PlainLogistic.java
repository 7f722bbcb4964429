package io.tencrop.evaluator;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.storage.ObjectStore;
import io.tencrop.vision.safetensors.SafetensorsWriter;
import io.tencrop.vision.safetensors.SafetensorsWriter.Entry;
import io.tencrop.vision.safetensors.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Logistic regression over a crop, computed by loops: what the engine's answers must agree with.
 */
public final class PlainLogistic {
  public static final int CROP = 8;
  public static final double MEAN = 0.4;
  public static final double STD = 0.3;

  private final float[] weight;
  private final float[] bias;
  private final int outputs;

  public PlainLogistic(long seed, int outputs) {
    Random random = new Random(seed);
    this.outputs = outputs;
    weight = new float[outputs * CROP * CROP];
    bias = new float[outputs];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) random.nextGaussian() * 0.1f;
    }
    for (int i = 0; i < bias.length; i++) {
      bias[i] = (float) random.nextGaussian() * 0.1f;
    }
  }

  /** A network whose answers are not numbers. */
  PlainLogistic diverged() {
    weight[0] = Float.NaN;
    return this;
  }

  /**
   * Writes the weights to the store.
   *
   * @return their SHA-256
   */
  public String write(ObjectStore store) throws IOException {
    List<Entry> entries =
        List.of(
            new Entry("fc.weight", TensorType.F32, List.of((long) outputs, (long) CROP * CROP)),
            new Entry("fc.bias", TensorType.F32, List.of((long) outputs)));
    ByteBuffer data =
        ByteBuffer.allocate((weight.length + bias.length) * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(weight).put(bias);
    return store
        .putByContent(
            Buckets.CHECKPOINTS,
            Buckets::weights,
            out -> {
              try (SafetensorsWriter writer = new SafetensorsWriter(out, entries, Map.of())) {
                writer.write(data.duplicate());
              }
            })
        .sha256();
  }

  /** Class probabilities of each image: the mean over the view's crops. */
  public double[][] probabilities(List<TinyData.Image> images, ViewSpec view) {
    double[][] all = new double[images.size()][];
    for (int i = 0; i < all.length; i++) {
      List<double[]> crops = crops(images.get(i), view);
      double[] mean = new double[Math.max(outputs, 2)];
      for (double[] crop : crops) {
        double[] probabilities = softmax(logits(crop));
        for (int c = 0; c < mean.length; c++) {
          mean[c] += probabilities[c] / crops.size();
        }
      }
      all[i] = mean;
    }
    return all;
  }

  private static List<double[]> crops(TinyData.Image image, ViewSpec view) {
    int far = TinyData.SIDE - CROP;
    int middle = far / 2;
    if (view.equals(ViewSpec.CENTER)) {
      return List.of(crop(image, middle, middle, false));
    }
    List<double[]> crops = new ArrayList<>();
    for (boolean mirrored : new boolean[] {false, true}) {
      crops.add(crop(image, 0, 0, mirrored));
      crops.add(crop(image, 0, far, mirrored));
      crops.add(crop(image, far, 0, mirrored));
      crops.add(crop(image, far, far, mirrored));
      crops.add(crop(image, middle, middle, mirrored));
    }
    return crops;
  }

  private static double[] crop(TinyData.Image image, int top, int left, boolean mirrored) {
    double[] pixels = new double[CROP * CROP];
    for (int y = 0; y < CROP; y++) {
      for (int x = 0; x < CROP; x++) {
        int column = mirrored ? TinyData.SIDE - 1 - (left + x) : left + x;
        int value = image.pixels().data()[(top + y) * TinyData.SIDE + column] & 0xff;
        pixels[y * CROP + x] = (value / 255.0 - MEAN) / STD;
      }
    }
    return pixels;
  }

  private double[] logits(double[] pixels) {
    double[] logits = new double[outputs];
    for (int o = 0; o < outputs; o++) {
      logits[o] = bias[o];
      for (int p = 0; p < pixels.length; p++) {
        logits[o] += weight[o * pixels.length + p] * pixels[p];
      }
    }
    return logits;
  }

  private static double[] softmax(double[] logits) {
    if (logits.length == 1) {
      double one = 1 / (1 + Math.exp(-logits[0]));
      return new double[] {1 - one, one};
    }
    double[] e = new double[logits.length];
    double sum = 0;
    for (int c = 0; c < e.length; c++) {
      e[c] = Math.exp(logits[c]);
      sum += e[c];
    }
    for (int c = 0; c < e.length; c++) {
      e[c] /= sum;
    }
    return e;
  }
}
