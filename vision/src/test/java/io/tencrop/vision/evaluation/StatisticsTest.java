package io.tencrop.vision.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden values: {@code tools/statistics-goldens}, by scikit-learn, SciPy and statsmodels. */
class StatisticsTest {
  private static final Offset<Double> EXACT = within(1e-12);

  static Stream<JsonObject> single() throws IOException {
    return goldens("single");
  }

  static Stream<JsonObject> pairs() throws IOException {
    return goldens("pairs");
  }

  static Stream<JsonObject> ensembles() throws IOException {
    return goldens("ensembles");
  }

  private static Stream<JsonObject> goldens(String kind) throws IOException {
    try (Reader in =
        new InputStreamReader(
            Objects.requireNonNull(
                StatisticsTest.class.getResourceAsStream("/statistics/goldens.json")),
            StandardCharsets.UTF_8)) {
      JsonArray cases = new Gson().fromJson(in, JsonObject.class).getAsJsonArray(kind);
      return StreamSupport.stream(cases.spliterator(), false).map(JsonElement::getAsJsonObject);
    }
  }

  private static LogitBank bank(JsonObject golden) {
    return Banks.member(golden.get("seed").getAsInt(), golden.get("classes").getAsInt());
  }

  private static double[] numbers(JsonObject golden, String name) {
    return StreamSupport.stream(golden.getAsJsonArray(name).spliterator(), false)
        .mapToDouble(JsonElement::getAsDouble)
        .toArray();
  }

  private static double number(JsonObject golden, String name) {
    return golden.get(name).getAsDouble();
  }

  @ParameterizedTest
  @MethodSource("single")
  void classesAreMeasuredAsScikitLearnDoes(JsonObject golden) {
    List<ClassMeasures> classes = ClassMeasures.of(Measures.of(Predictions.of(bank(golden))));

    assertThat(classes.stream().mapToDouble(ClassMeasures::precision).toArray())
        .containsExactly(numbers(golden, "precision"), EXACT);
    assertThat(classes.stream().mapToDouble(ClassMeasures::recall).toArray())
        .containsExactly(numbers(golden, "recall"), EXACT);
    assertThat(classes.stream().mapToDouble(ClassMeasures::f1).toArray())
        .containsExactly(numbers(golden, "f1"), EXACT);
    assertThat(classes.stream().mapToDouble(ClassMeasures::images).toArray())
        .containsExactly(numbers(golden, "support"), EXACT);
  }

  @Test
  void classesWithoutImagesOrPredictionsMeasureZero() {
    int[][] confusion = {{3, 0, 0}, {1, 0, 0}, {0, 0, 0}};
    assertThat(ClassMeasures.of(new Measures(0.75, 1, 4, confusion)))
        .containsExactly(
            new ClassMeasures(0.75, 1, 6.0 / 7, 3),
            new ClassMeasures(0, 0, 0, 1),
            new ClassMeasures(0, 0, 0, 0));
  }

  @ParameterizedTest
  @MethodSource("single")
  void rankingAgrees(JsonObject golden) {
    Predictions predictions = Predictions.of(bank(golden));
    Measures measures = Measures.of(predictions);

    assertThat(Ranking.topAccuracy(predictions, 2)).isEqualTo(number(golden, "top2"), EXACT);
    assertThat(Ranking.topAccuracy(predictions, 1)).isEqualTo(measures.accuracy(), EXACT);
    assertThat(Ranking.topAccuracy(predictions, predictions.classes())).isEqualTo(1);
    if (predictions.classes() == 2) {
      assertThat(Ranking.auc(predictions)).isEqualTo(number(golden, "auc"), EXACT);
    } else {
      assertThatThrownBy(() -> Ranking.auc(predictions)).hasMessageContaining("5 classes");
    }
  }

  @ParameterizedTest
  @MethodSource("single")
  void calibrationAgrees(JsonObject golden) {
    Predictions predictions = Predictions.of(bank(golden));
    Calibration calibration = Calibration.of(predictions);

    assertThat(calibration.expectedError())
        .isEqualTo(number(golden, "expectedCalibrationError"), EXACT);
    assertThat(calibration.maximumError())
        .isEqualTo(number(golden, "maximumCalibrationError"), EXACT);
    assertThat(calibration.bins()).hasSize(Calibration.BINS);
    assertThat(calibration.bins().stream().mapToInt(Calibration.Bin::images).sum())
        .isEqualTo(Banks.IMAGES);
  }

  @ParameterizedTest
  @MethodSource("single")
  void temperatureAgreesWithScipy(JsonObject golden) {
    LogitBank bank = bank(golden);
    double temperature = Temperature.fit(bank);

    assertThat(temperature).isCloseTo(number(golden, "temperature"), within(1e-5));
    assertThat(Measures.of(Predictions.of(bank, temperature)).loss())
        .isCloseTo(number(golden, "lossAtTemperature"), within(1e-9));
    assertThat(Measures.of(Predictions.of(bank, temperature)).accuracy())
        .isEqualTo(Measures.of(Predictions.of(bank)).accuracy());
  }

  @ParameterizedTest
  @MethodSource("single")
  void intervalIsTheBootstrapsLimit(JsonObject golden) {
    Interval interval = Interval.ofAccuracy(Predictions.of(bank(golden)));
    double[] expected = numbers(golden, "interval");

    assertThat(interval.low()).isEqualTo(expected[0], EXACT);
    assertThat(interval.high()).isEqualTo(expected[1], EXACT);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void pairsAgreeWithStatsmodels(JsonObject golden) {
    PairedComparison pair =
        PairedComparison.of(
            Predictions.of(Banks.member(golden.get("first").getAsInt())),
            Predictions.of(Banks.member(golden.get("second").getAsInt())));

    assertThat(pair.onlyFirst()).isEqualTo(golden.get("onlyFirst").getAsInt());
    assertThat(pair.onlySecond()).isEqualTo(golden.get("onlySecond").getAsInt());
    assertThat(pair.difference()).isEqualTo(number(golden, "difference"), EXACT);
    assertThat(pair.pValue()).isCloseTo(number(golden, "pValue"), within(1e-9));
    // Resampling steps by one image and errs by about as much.
    double[] bootstrap = numbers(golden, "bootstrap");
    assertThat(pair.interval().low()).isCloseTo(bootstrap[0], within(1.01 / Banks.IMAGES));
    assertThat(pair.interval().high()).isCloseTo(bootstrap[1], within(1.01 / Banks.IMAGES));
    assertThat(pair.firstIsBetter())
        .isEqualTo(number(golden, "difference") > 0 && number(golden, "pValue") < 0.05);
  }

  @Test
  void clearlyBetterIsSignificant() {
    Predictions right = Predictions.of(constant(100, 0));
    Predictions wrong = Predictions.of(constant(100, 1));
    PairedComparison pair = PairedComparison.of(right, wrong);

    assertThat(pair.firstIsBetter()).isTrue();
    assertThat(PairedComparison.of(wrong, right).firstIsBetter()).isFalse();
    assertThat(pair.interval()).isEqualTo(new Interval(1, 1));
    assertThat(pair.pValue()).isLessThan(1e-20);
  }

  private static LogitBank constant(int images, int said) {
    float[] logits = new float[2 * images];
    for (int i = 0; i < images; i++) {
      logits[2 * i + said] = 1;
    }
    return new LogitBank(1, 2, logits, new int[images], new long[images]);
  }

  @ParameterizedTest
  @MethodSource("ensembles")
  void ensemblesAgree(JsonObject golden) {
    Members members = Banks.members(golden.get("members").getAsInt());
    double[] weights = FittedWeights.fit(members);
    Measures fitted = Measures.of(members.weightedMean(members.everyone(), weights));
    Diversity diversity = Diversity.of(members);
    Measures logits = Measures.of(members.meanOfLogits(members.everyone()));

    assertThat(fitted.loss()).isCloseTo(number(golden, "fittedLoss"), within(1e-6));
    assertThat(weights).containsExactly(numbers(golden, "fittedWeights"), offset(5e-3));
    assertThat(diversity.disagreement()).isEqualTo(number(golden, "disagreement"), EXACT);
    assertThat(diversity.doubleFault()).isEqualTo(number(golden, "doubleFault"), EXACT);
    assertThat(logits.loss()).isEqualTo(number(golden, "meanOfLogitsLoss"), within(1e-9));
    assertThat(logits.accuracy()).isEqualTo(number(golden, "meanOfLogitsAccuracy"), EXACT);
  }

  @Test
  void whoIsAlikeIsWhoAComparisonDoesNotTellApart() {
    Members members = Banks.members(20);
    List<Predictions> all =
        List.of(
            members.member(0),
            members.member(1),
            members.mean(IntStream.range(0, 20).toArray()),
            members.mean(IntStream.range(0, 10).toArray()));
    List<List<Integer>> alike = Indistinct.of(all);
    int pairs = 0;
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < all.size(); j++) {
        boolean apart = PairedComparison.of(all.get(i), all.get(j)).pValue() < 0.05;
        assertThat(alike.get(i).contains(j)).isEqualTo(i != j && !apart);
        pairs += apart ? 1 : 0;
      }
    }
    assertThat(pairs).isBetween(2, 10);
  }
}
