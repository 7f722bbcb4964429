package io.tencrop.vision.training;

import io.tencrop.vision.data.Crop;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.engine.NetworkWeights;
import io.tencrop.vision.engine.TensorGroup.Content;
import io.tencrop.vision.network.Initializer;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.network.Parameter;
import io.tencrop.vision.recipe.InputTransform;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/**
 * Initial weights that depend on the images: {@link Initializer.Whitening}. They follow from the
 * images alone, in their order.
 */
final class PatchWhitening {
  private static final int IMAGES = 5000;

  /**
   * Added to each eigenvalue. airbench has 5e-4; in directions that JPEG has smoothed away, whose
   * eigenvalues are as low as 1e-4, that would amplify its artefacts fortyfold.
   */
  private static final double EPS = 1e-2;

  private PatchWhitening() {}

  /** The same weights, but for whitening filters. */
  static NetworkWeights of(
      NetworkWeights initial, Network network, ImageSet images, InputTransform input) {
    List<Content> parameters = new ArrayList<>(initial.parameters());
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = network.parameters().get(i);
      if (parameter.initializer() instanceof Initializer.Whitening whitening) {
        FloatBuffer filters =
            FloatBuffer.wrap(filters(covariance(images, input, whitening.patch())));
        parameters.set(i, new Content(parameter.shape(), filters));
      }
    }
    return new NetworkWeights(parameters, initial.buffers());
  }

  /** Of the normalized patches' values, in the order channel, row, column. */
  static double[][] covariance(ImageSet images, InputTransform input, int patch) {
    Crop crop = input.center(images.height(), images.width());
    int channels = images.channels();
    int size = channels * patch * patch;
    double[][] sums = new double[size][size];
    double[] values = new double[size];
    byte[] pixels = new byte[crop.height() * crop.width() * channels];
    int count = Math.min(IMAGES, images.size());
    long patches = 0;
    for (int image = 0; image < count; image++) {
      images.copyCrop(image, crop, pixels, 0);
      for (int row = 0; row + patch <= crop.height(); row++) {
        for (int column = 0; column + patch <= crop.width(); column++) {
          for (int k = 0; k < size; k++) {
            int channel = k / (patch * patch);
            int y = row + k / patch % patch;
            int x = column + k % patch;
            int value = pixels[(y * crop.width() + x) * channels + channel] & 0xFF;
            values[k] = normalized(value / 255.0, channel, input);
          }
          add(values, sums);
          patches++;
        }
      }
    }
    for (double[] sum : sums) {
      for (int k = 0; k < size; k++) {
        sum[k] /= patches;
      }
    }
    return sums;
  }

  private static void add(double[] values, double[]... sums) {
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values.length; j++) {
        sums[i][j] += values[i] * values[j];
      }
    }
  }

  private static double normalized(double value, int channel, InputTransform input) {
    if (input.mean().isEmpty()) {
      return value;
    }
    int index = input.mean().size() == 1 ? 0 : channel;
    return (value - input.mean().get(index)) / input.std().get(index);
  }

  private static float[] filters(double[]... covariance) {
    int size = covariance.length;
    EigenDecompositionSymmetric eigen =
        new EigenDecompositionSymmetric(new Array2DRowRealMatrix(covariance));
    float[] filters = new float[2 * size * size];
    for (int i = 0; i < size; i++) {
      double scale = 1 / Math.sqrt(eigen.getEigenvalue(i) + EPS);
      for (int k = 0; k < size; k++) {
        float value = (float) (eigen.getEigenvector(i).getEntry(k) * scale);
        filters[i * size + k] = value;
        filters[(size + i) * size + k] = -value;
      }
    }
    return filters;
  }
}
