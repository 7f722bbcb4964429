package io.tencrop.vision.network;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Convolutions by minimal filtering, F(4x4, 3x3) of Lavin and Gray 2016 ("Fast Algorithms for
 * Convolutional Neural Networks") and F(4x4, 5x5): of each 6x6 window 36 products make 4x4 outputs,
 * where the definition of a 3x3 convolution takes 144; of each 8x8 window 64 instead of 400. The
 * transforms are Toom and Cook's interpolation at some points and infinity.
 *
 * <p>{@link WinogradScript} has the computation.
 *
 * @param kernel the convolution's
 * @param points all but infinity, {@code kernel + 2}; exact in float32
 */
record Winograd(int kernel, List<Double> points) {
  /** These points have half the rounding error of the usual 0, ±1, ±2. */
  static final Winograd OF_3X3 = new Winograd(3, List.of(0.0, 0.625, -0.625, 1.25, -1.25));

  static final Winograd OF_5X5 = new Winograd(5, List.of(0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5));

  private static final int TILE = 4;

  /** With fewer channels the transforms take more than they save. */
  private static final int LEAST_CHANNELS = 64;

  /** How to compute that convolution; empty: by its definition. */
  static Optional<Winograd> of(Conv2d convolution) {
    return Stream.of(OF_3X3, OF_5X5)
        .filter(
            winograd ->
                convolution.kernel() == winograd.kernel
                    && convolution.stride() == 1
                    && Math.min(convolution.inputs(), convolution.outputs()) >= LEAST_CHANNELS)
        .findAny();
  }

  /** Side of a window. */
  int window() {
    return TILE + kernel - 1;
  }

  /** From a window's rows, or columns, to its values at the points, {@code [window, window]}. */
  double[][] input() {
    double[][] transform = new double[window()][];
    for (int i = 0; i < transform.length; i++) {
      double[] polynomial = {1};
      for (int j = 0; j < points.size(); j++) {
        if (i != j) {
          double divisor = i < points.size() ? points.get(i) - points.get(j) : 1;
          polynomial = times(polynomial, -points.get(j) / divisor, 1 / divisor);
        }
      }
      transform[i] = Arrays.copyOf(polynomial, window());
    }
    return transform;
  }

  /** The polynomial times {@code constant + slope * x}. */
  private static double[] times(double[] polynomial, double constant, double slope) {
    double[] product = new double[polynomial.length + 1];
    for (int i = 0; i < polynomial.length; i++) {
      product[i] += constant * polynomial[i];
      product[i + 1] += slope * polynomial[i];
    }
    return product;
  }

  /** From the weights, {@code [window, kernel]}. */
  double[][] weights() {
    return powers(kernel);
  }

  /** From the products to the outputs, transposed, {@code [window, 4]}. */
  double[][] output() {
    return powers(TILE);
  }

  /** Row by row the powers of a point; of infinity the last alone. */
  private double[][] powers(int count) {
    double[][] powers = new double[window()][count];
    for (int i = 0; i < points.size(); i++) {
      for (int j = 0; j < count; j++) {
        powers[i][j] = Math.pow(points.get(i), j);
      }
    }
    powers[window() - 1][count - 1] = 1;
    return powers;
  }
}
