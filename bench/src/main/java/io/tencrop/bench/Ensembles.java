package io.tencrop.bench;

import io.tencrop.vision.evaluation.LogitBank;
import io.tencrop.vision.evaluation.Measures;
import io.tencrop.vision.evaluation.Members;
import io.tencrop.vision.evaluation.Predictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long questions to the bank take: 20 models' logits of 10,000 images in 10 crops over 10
 * classes are in memory; 1,000 ensembles of 10 of them are measured, each with accuracy, loss and
 * confusion matrix, on all cores.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(value = 3, jvmArgs = "-Xmx256m")
public class Ensembles {
  private static final int MODELS = 20;
  private static final int MEMBERS = 10;
  private static final int ENSEMBLES = 1_000;
  private static final int IMAGES = 10_000;
  private static final int CROPS = 10;
  private static final int CLASSES = 10;

  private List<LogitBank> banks = List.of();
  private int[][] picks = {};

  /** Logits as of models of about 70 %, and which models each ensemble has. */
  @Setup
  public void draw() {
    Random random = new Random(1);
    int[] labels = random.ints(IMAGES, 0, CLASSES).toArray();
    long[] ids = new long[IMAGES];
    Arrays.setAll(ids, i -> i);
    banks = new ArrayList<>();
    for (int m = 0; m < MODELS; m++) {
      float[] logits = new float[IMAGES * CROPS * CLASSES];
      for (int j = 0; j < logits.length; j++) {
        boolean right = j % CLASSES == labels[j / (CROPS * CLASSES)];
        logits[j] = (float) (random.nextGaussian() + (right ? 2 : 0));
      }
      banks.add(new LogitBank(CROPS, CLASSES, logits, labels, ids));
    }
    picks = new int[ENSEMBLES][];
    for (int e = 0; e < ENSEMBLES; e++) {
      picks[e] = random.ints(0, MODELS).distinct().limit(MEMBERS).toArray();
    }
  }

  /**
   * From the logits: probabilities averaged over the crops, once per model, then all ensembles.
   *
   * @return the best accuracy
   */
  @Benchmark
  public double fromLogits() {
    Members members = Members.of(banks.stream().parallel().map(Predictions::of).toList());
    return IntStream.range(0, ENSEMBLES)
        .parallel()
        .mapToDouble(e -> Measures.of(members.mean(picks[e])).accuracy())
        .max()
        .orElseThrow();
  }
}
