package io.tencrop.vision.network;

import io.tencrop.vision.data.RandomStream;
import java.util.Arrays;

/** The distribution of a parameter's initial values. */
public sealed interface Initializer {
  /** Fills {@code values} with numbers drawn from {@code random}. */
  void fill(float[] values, RandomStream random);

  /** Uniform in {@code [-bound, bound)}. */
  record Uniform(double bound) implements Initializer {
    /**
     * What {@code torch.nn.Linear} and {@code torch.nn.Conv2d} start from, weight and bias alike:
     * {@code kaiming_uniform_} with {@code a = sqrt(5)} comes to {@code 1 / sqrt(fan_in)}.
     */
    static Uniform ofFanIn(int fanIn) {
      return new Uniform(1 / Math.sqrt(fanIn));
    }

    /** {@code torch.nn.init.xavier_uniform_} (Glorot and Bengio 2010). */
    static Uniform xavier(int fanIn, int fanOut) {
      return new Uniform(Math.sqrt(6.0 / ((double) fanIn + fanOut)));
    }

    @Override
    public void fill(float[] values, RandomStream random) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
      }
    }
  }

  /** Normal with mean 0. */
  record Normal(double deviation) implements Initializer {
    /**
     * {@code torch.nn.init.kaiming_normal_(mode="fan_out", nonlinearity="relu")} (He et al. 2015).
     */
    static Normal ofFanOut(int fanOut) {
      return new Normal(Math.sqrt(2.0 / fanOut));
    }

    @Override
    public void fill(float[] values, RandomStream random) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.nextGaussian() * deviation);
      }
    }
  }

  /**
   * {@code torch.nn.init.trunc_normal_}: normal with mean 0, and drawn again where it is not within
   * {@code [-2, 2]}, which are values as in PyTorch and not multiples of the deviation.
   */
  record TruncatedNormal(double deviation) implements Initializer {
    private static final double BOUND = 2;

    /** With deviation {@code 1 / sqrt(fan_in)}. */
    static TruncatedNormal ofFanIn(int fanIn) {
      return new TruncatedNormal(1 / Math.sqrt(fanIn));
    }

    @Override
    public void fill(float[] values, RandomStream random) {
      for (int i = 0; i < values.length; i++) {
        double value;
        do {
          value = random.nextGaussian() * deviation;
        } while (Math.abs(value) > BOUND);
        values[i] = (float) value;
      }
    }
  }

  /**
   * {@code torch.nn.init.dirac_} for the first {@code inputs} filters of a convolution, and what
   * {@code torch.nn.Conv2d} starts from for the others.
   */
  record Dirac(int inputs, int outputs, int kernel) implements Initializer {
    @Override
    public void fill(float[] values, RandomStream random) {
      int window = kernel * kernel;
      int filter = inputs * window;
      Uniform.ofFanIn(filter).fill(values, random);
      for (int i = 0; i < Math.min(inputs, outputs); i++) {
        Arrays.fill(values, i * filter, (i + 1) * filter, 0);
        values[i * filter + i * window + window / 2] = 1;
      }
    }
  }

  /**
   * Filters that whiten the patches of the images that a run trains on: the eigenvectors of their
   * covariance over the roots of the eigenvalues, then the opposites (Jordan 2024, section 3.2).
   * Before images are known, what {@code torch.nn.Conv2d} starts from.
   *
   * @param patch side of a patch in pixels
   */
  record Whitening(int patch) implements Initializer {
    @Override
    public void fill(float[] values, RandomStream random) {
      // As many filters as twice the values of each.
      int filter = (int) Math.round(Math.sqrt(values.length / 2.0));
      Uniform.ofFanIn(filter).fill(values, random);
    }
  }

  /** The same value everywhere. */
  record Constant(float value) implements Initializer {
    static final Constant ZERO = new Constant(0);
    static final Constant ONE = new Constant(1);

    @Override
    public void fill(float[] values, RandomStream random) {
      Arrays.fill(values, value);
    }
  }
}
