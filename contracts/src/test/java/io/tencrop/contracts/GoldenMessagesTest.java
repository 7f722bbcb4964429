package io.tencrop.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tencrop.contracts.api.State;
import io.tencrop.contracts.data.CheckpointManifest;
import io.tencrop.contracts.data.PreparedManifest;
import io.tencrop.contracts.data.WeightsManifest;
import io.tencrop.contracts.event.DatasetEvent;
import io.tencrop.contracts.event.DatasetRequest;
import io.tencrop.contracts.event.EvaluationEvent;
import io.tencrop.contracts.event.EvaluationRequest;
import io.tencrop.contracts.event.TrainSegment;
import io.tencrop.contracts.event.TrainingControl;
import io.tencrop.contracts.event.TrainingEvent;
import io.tencrop.contracts.event.TrainingProgress;
import io.tencrop.contracts.spec.EnsembleSpec;
import io.tencrop.contracts.spec.ExperimentSpec;
import io.tencrop.contracts.spec.GreedySpec;
import io.tencrop.contracts.spec.LossSpec;
import io.tencrop.contracts.spec.MemoryFormatSpec;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.contracts.spec.OptimizerSpec;
import io.tencrop.contracts.spec.PrecisionSpec;
import io.tencrop.contracts.spec.ResizeSpec;
import io.tencrop.contracts.spec.ScheduleSpec;
import io.tencrop.contracts.spec.TrainCrop;
import io.tencrop.contracts.spec.TrainingSpec;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages that were once written can always be read, and say the same when written again. */
class GoldenMessagesTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private static final ObjectMapper LENIENT =
      JSON.copy().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  static Stream<Arguments> messages() {
    return Stream.of(
        Arguments.of("prepareDataset", DatasetRequest.class),
        Arguments.of("datasetProgress", DatasetEvent.class),
        Arguments.of("datasetPrepared", DatasetEvent.class),
        Arguments.of("datasetFailed", DatasetEvent.class),
        Arguments.of("trainSegment", TrainSegment.class),
        Arguments.of("checkpointPublished", TrainingEvent.class),
        Arguments.of("segmentCompleted", TrainingEvent.class),
        Arguments.of("segmentFailed", TrainingEvent.class),
        Arguments.of("trainingProgress", TrainingProgress.class),
        Arguments.of("cancelExperiment", TrainingControl.class),
        Arguments.of("evaluateCheckpoint", EvaluationRequest.class),
        Arguments.of("evaluateSlice", EvaluationRequest.class),
        Arguments.of("averageCheckpoints", EvaluationRequest.class),
        Arguments.of("composeReport", EvaluationRequest.class),
        Arguments.of("checkpointsAveraged", EvaluationEvent.class),
        Arguments.of("checkpointEvaluated", EvaluationEvent.class),
        Arguments.of("reportComposed", EvaluationEvent.class),
        Arguments.of("evaluationFailed", EvaluationEvent.class),
        Arguments.of("composeTeacher", EvaluationRequest.class),
        Arguments.of("teacherComposed", EvaluationEvent.class),
        Arguments.of("teacherFailed", EvaluationEvent.class),
        Arguments.of("checkpointManifest", CheckpointManifest.class),
        Arguments.of("weightsManifest", WeightsManifest.class),
        Arguments.of("preparedManifest", PreparedManifest.class));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void readsAndWritesTheSame(String name, Class<?> type) throws IOException {
    JsonNode golden = golden(name);
    Object message = JSON.treeToValue(golden, type);
    assertThat(JSON.readTree(JSON.writeValueAsBytes(message))).isEqualTo(golden);
  }

  static Stream<Arguments> earlierMessages() {
    return Stream.of(
        Arguments.of("prepareDataset", DatasetRequest.class),
        Arguments.of("datasetPrepared", DatasetEvent.class),
        Arguments.of("trainSegment", TrainSegment.class),
        Arguments.of("evaluateCheckpoint", EvaluationRequest.class),
        Arguments.of("composeReport", EvaluationRequest.class),
        Arguments.of("segmentCompleted", TrainingEvent.class),
        Arguments.of("checkpointManifest", CheckpointManifest.class),
        Arguments.of("preparedManifest", PreparedManifest.class));
  }

  /** Files of a time before some fields: what they say is kept, what they do not say is added. */
  @ParameterizedTest
  @MethodSource("earlierMessages")
  void readsWhatWasWrittenBeforeFieldsWereAdded(String name, Class<?> type) throws IOException {
    JsonNode earlier = golden("earlier/" + name);
    JsonNode today = JSON.readTree(JSON.writeValueAsBytes(JSON.treeToValue(earlier, type)));
    assertThat(today).isNotEqualTo(earlier);
    assertContains(today, earlier, name);
  }

  private static void assertContains(JsonNode whole, JsonNode part, String at) {
    if (part.isContainerNode()) {
      assertThat(whole.getNodeType()).as(at).isEqualTo(part.getNodeType());
      part.fieldNames()
          .forEachRemaining(
              field -> assertContains(whole.path(field), part.path(field), at + "/" + field));
      for (int i = 0; part.isArray() && i < part.size(); i++) {
        assertContains(whole.path(i), part.path(i), at + "/" + i);
      }
    } else {
      assertThat(whole).as(at).isEqualTo(part);
    }
  }

  @Test
  void aCheckpointsManifestTellsWhatItsWeightsAre() throws IOException {
    JsonNode golden = golden("checkpointManifest");
    WeightsManifest weights = LENIENT.treeToValue(golden, WeightsManifest.class);
    CheckpointManifest checkpoint = JSON.treeToValue(golden, CheckpointManifest.class);
    assertThat(weights.weights()).isEqualTo(checkpoint.weights());
    assertThat(weights.run()).isEqualTo(checkpoint.run());
    assertThat(weights.runId()).isEqualTo(checkpoint.runId());
    assertThat(weights.preparedId()).isEqualTo(checkpoint.preparedId());
  }

  @Test
  void everyEventHasAGoldenFile() {
    List<String> names = messages().map(arguments -> (String) arguments.get()[0]).toList();
    Stream.of(
            DatasetRequest.class,
            DatasetEvent.class,
            TrainingEvent.class,
            TrainingControl.class,
            EvaluationRequest.class,
            EvaluationEvent.class)
        .flatMap(type -> Stream.of(type.getPermittedSubclasses()))
        .map(Class::getSimpleName)
        .map(name -> Character.toLowerCase(name.charAt(0)) + name.substring(1))
        .forEach(name -> assertThat(names).contains(name));
  }

  @Test
  void absentFieldsOfASpecHaveTheirDefaults() throws IOException {
    ExperimentSpec spec =
        JSON.readValue(
            """
            {"name": "n", "dataset": "d", "runs": [{"architecture": "lenet5"},
              {"architecture": {"name": "shallow", "hidden": 8}, "optimizer": {"type": "sgd"}}],
             "evaluation": {"ensembles": [{"members": "lenet5"}]}}
            """,
            ExperimentSpec.class);
    assertThat(spec.preparation().trainCrop()).isEqualTo(TrainCrop.RANDOM);
    assertThat(spec.preparation().channels()).isEqualTo(3);
    assertThat(spec.preparation().split().train()).isEqualTo(0.8);
    assertThat(spec.preparation().maxRejectedShare()).isZero();
    assertThat(spec.runs().get(0).training())
        .isEqualTo(
            new TrainingSpec(
                new OptimizerSpec.Adam(0.001, List.of(0.9, 0.999), 1e-8, 0, true),
                new ScheduleSpec.Constant(0),
                LossSpec.CROSS_ENTROPY,
                64,
                10,
                1,
                PrecisionSpec.FLOAT32,
                MemoryFormatSpec.CHANNELS_LAST,
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                1,
                null,
                null));
    assertThat(spec.runs().get(1).name()).isEqualTo("shallow");
    assertThat(spec.runs().get(1).architecture().options()).isEqualTo(Map.of("hidden", 8));
    assertThat(spec.runs().get(1).training().optimizer())
        .isEqualTo(new OptimizerSpec.Sgd(0.001, 0, 0, false, 0, true));
    EnsembleSpec ensemble = spec.evaluation().ensembles().get(0);
    assertThat(ensemble.members()).containsExactly("lenet5");
    assertThat(ensemble.fusion()).isEqualTo(EnsembleSpec.Fusion.MEAN);
    assertThat(ensemble.checkpoints()).isEqualTo(EnsembleSpec.Checkpoints.CHOSEN);
    assertThat(JSON.readValue("{\"bags\": 20}", GreedySpec.class))
        .isEqualTo(new GreedySpec(0, 20, 0.5, 0));
    assertThat(spec.evaluation().swa()).isNull();
  }

  @Test
  void aResizeIsASideOrBothOrTheShorterOne() throws IOException {
    assertThat(JSON.readValue("224", ResizeSpec.class)).isEqualTo(ResizeSpec.square(224));
    for (String json : List.of("224", "{\"height\":180,\"width\":240}", "{\"shorterSide\":256}")) {
      assertThat(JSON.writeValueAsString(JSON.readValue(json, ResizeSpec.class))).isEqualTo(json);
    }
    for (String json :
        List.of(
            "\"224\"",
            "{\"height\":180}",
            "{}",
            "{\"shorterSide\":2,\"width\":3}",
            "{\"side\":2}")) {
      assertThatThrownBy(() -> JSON.readValue(json, ResizeSpec.class))
          .as(json)
          .isInstanceOf(JsonProcessingException.class);
    }
  }

  @Test
  void aNormalizationIsItsValuesOrComputed() throws IOException {
    Normalization computed = JSON.readValue("\"computed\"", Normalization.class);
    assertThat(computed).isEqualTo(Normalization.COMPUTED);
    assertThat(JSON.writeValueAsString(computed)).isEqualTo("\"computed\"");
    assertThatThrownBy(computed::mean).isInstanceOf(IllegalStateException.class);
    String values = "{\"mean\":[0.5,1.0],\"std\":[0.25,2.0]}";
    assertThat(JSON.writeValueAsString(JSON.readValue(values, Normalization.class)))
        .isEqualTo(values);
    assertThat(JSON.readValue("{\"mean\": [1], \"std\": [2]}", Normalization.class))
        .isEqualTo(new Normalization(List.of(1.0), List.of(2.0)));
    for (String json : List.of("\"imagenet\"", "{\"mean\":[1]}", "{\"mean\":[],\"std\":[]}")) {
      assertThatThrownBy(() -> JSON.readValue(json, Normalization.class))
          .as(json)
          .isInstanceOf(JsonProcessingException.class);
    }
  }

  @Test
  void aLossIsItsNameOrHasOptions() throws IOException {
    for (String name : List.of("\"crossEntropy\"", "{\"type\": \"crossEntropy\"}")) {
      assertThat(JSON.readValue(name, LossSpec.class)).isEqualTo(LossSpec.CROSS_ENTROPY);
    }
    assertThat(
            JSON.readValue(
                "{\"type\": \"crossEntropy\", \"labelSmoothing\": 1e-1}", LossSpec.class))
        .isEqualTo(new LossSpec(LossSpec.Type.CROSS_ENTROPY, 0.1));
    assertThatThrownBy(() -> JSON.readValue("\"mse\"", LossSpec.class))
        .hasMessageContaining("no such loss: mse");
  }

  @Test
  void finalStatesAreFinal() {
    for (State state : State.values()) {
      for (State next : State.values()) {
        if (state.isFinal()) {
          assertThat(state.canBecome(next)).isFalse();
        } else if (next == State.FAILED || next == State.CANCELLED) {
          assertThat(state.canBecome(next)).isTrue();
        }
      }
    }
  }

  private static JsonNode golden(String name) throws IOException {
    String resource = "/golden/" + name + ".json";
    try (InputStream in = GoldenMessagesTest.class.getResourceAsStream(resource)) {
      assertThat(in).as(resource).isNotNull();
      return JSON.readTree(in);
    }
  }
}
