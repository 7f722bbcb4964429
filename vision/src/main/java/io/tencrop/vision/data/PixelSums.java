package io.tencrop.vision.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Sums over the pixels of images by channel, from which mean and deviation follow. They are whole
 * numbers, so the order in which images come does not matter.
 *
 * @param pixels how many
 * @param sums of the levels 0 to 255, by channel
 * @param squares sums of the squares of the levels, by channel
 */
public record PixelSums(long pixels, List<Long> sums, List<Long> squares) {
  private static final MathContext DIGITS = MathContext.DECIMAL128;
  private static final BigDecimal WHITE = BigDecimal.valueOf(255);

  public PixelSums {
    sums = List.copyOf(sums);
    squares = List.copyOf(squares);
    if (pixels < 0 || sums.size() != squares.size()) {
      throw new IllegalArgumentException("%d pixels: %s, %s".formatted(pixels, sums, squares));
    }
  }

  /** Those of no image. */
  public static PixelSums none(int channels) {
    List<Long> zeros = Collections.nCopies(channels, 0L);
    return new PixelSums(0, zeros, zeros);
  }

  /** Those of one image. */
  public static PixelSums of(Bitmap image) {
    int channels = image.channels();
    long[] sums = new long[channels];
    long[] squares = new long[channels];
    int rowBytes = image.width() * channels;
    byte[] data = image.data();
    for (int y = 0; y < image.height(); y++) {
      int end = (y + 1) * rowBytes;
      for (int c = 0; c < channels; c++) {
        // A row of up to 33,025 pixels fits an int, whose sums are the faster ones.
        int sum = 0;
        long square = 0;
        for (int i = y * rowBytes + c; i < end; i += channels) {
          int level = data[i] & 0xff;
          sum += level;
          square += level * level;
        }
        sums[c] += sum;
        squares[c] += square;
      }
    }
    return new PixelSums((long) image.height() * image.width(), boxed(sums), boxed(squares));
  }

  private static List<Long> boxed(long[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** The sums over the images of both; an overflow is an error. */
  public PixelSums plus(PixelSums other) {
    List<Long> allSums = new ArrayList<>();
    List<Long> allSquares = new ArrayList<>();
    for (int c = 0; c < sums.size(); c++) {
      allSums.add(Math.addExact(sums.get(c), other.sums.get(c)));
      allSquares.add(Math.addExact(squares.get(c), other.squares.get(c)));
    }
    return new PixelSums(Math.addExact(pixels, other.pixels), allSums, allSquares);
  }

  /** The mean of each channel in [0, 1]; to the nearest double of the exact value. */
  public List<Double> mean() {
    return sums.stream()
        .map(sum -> BigDecimal.valueOf(sum).divide(count().multiply(WHITE), DIGITS).doubleValue())
        .toList();
  }

  /**
   * The standard deviation of each channel over all pixels, in [0, 1]: the root of the mean squared
   * distance from the mean ({@code torch.std} with {@code correction=0}).
   */
  public List<Double> std() {
    List<Double> deviations = new ArrayList<>();
    BigInteger n = BigInteger.valueOf(pixels);
    for (int c = 0; c < sums.size(); c++) {
      BigInteger sum = BigInteger.valueOf(sums.get(c));
      BigInteger spread =
          n.multiply(BigInteger.valueOf(squares.get(c))).subtract(sum.multiply(sum));
      deviations.add(
          new BigDecimal(spread)
              .sqrt(DIGITS)
              .divide(count().multiply(WHITE), DIGITS)
              .doubleValue());
    }
    return deviations;
  }

  private BigDecimal count() {
    if (pixels == 0) {
      throw new IllegalStateException("no pixels");
    }
    return BigDecimal.valueOf(pixels);
  }
}
