package io.tencrop.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tencrop.contracts.Failure;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.Topics;
import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.data.MetricPoint;
import io.tencrop.contracts.data.ParameterNorm;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.DatasetEvent.DatasetFailed;
import io.tencrop.contracts.event.DatasetEvent.DatasetPrepared;
import io.tencrop.contracts.event.DatasetEvent.DatasetProgress;
import io.tencrop.contracts.event.DatasetRequest;
import io.tencrop.contracts.event.DatasetRequest.PrepareDataset;
import io.tencrop.contracts.event.EvaluationEvent.CheckpointEvaluated;
import io.tencrop.contracts.event.EvaluationEvent.ReportComposed;
import io.tencrop.contracts.event.EvaluationRequest;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import io.tencrop.contracts.event.EvaluationRequest.EvaluateCheckpoint;
import io.tencrop.contracts.event.TrainSegment;
import io.tencrop.contracts.event.TrainingControl;
import io.tencrop.contracts.event.TrainingEvent.SegmentCompleted;
import io.tencrop.contracts.event.TrainingEvent.SegmentFailed;
import io.tencrop.contracts.event.TrainingProgress;
import io.tencrop.contracts.spec.ResizeSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gateway from the request to the report, against a real broker and database. */
@QuarkusTest
@QuarkusTestResource(Servers.class)
class OrchestrationTest {
  private static final String ONE_RUN =
      """
      name: one
      dataset: digits
      labels: [orchestration]
      preparation: {resize: 36, crop: 32, channels: 1}
      runs:
        - {architecture: lenet5, epochs: 2, seeds: [7]}
      """;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  @ConfigProperty(name = "tencrop.evaluator-service.url")
  URI evaluator;

  private OtherServices others;

  @BeforeEach
  void connect() {
    others = new OtherServices(bootstrapServers);
  }

  @AfterEach
  void disconnect() {
    others.close();
  }

  @Test
  void anExperimentGoesFromItsSpecToItsReport() throws IOException {
    UUID id = create(ONE_RUN);
    PrepareDataset request =
        (PrepareDataset) others.await(Topics.DATASET_REQUESTS, id, 1, DatasetRequest.class).get(0);
    assertThat(request.dataset()).isEqualTo("digits");
    assertThat(request.preparation().resize()).isEqualTo(ResizeSpec.square(36));
    others.send(new DatasetProgress(id, 1, 3));
    awaitState(id, "PREPARING");
    others.send(new DatasetPrepared(id, OtherServices.DATASET, false));
    awaitState(id, "RUNNING");
    UUID run = run(id, 0);

    TrainSegment first = segments(run, 1).get(0);
    assertThat(first.parent()).isNull();
    assertThat(first.run().name()).isEqualTo("lenet5-s7");
    others.send(
        new TrainingProgress(
            id, run, new MetricPoint(5, 5 / 16.0, 2.2, 0.2), 32, 512, "trainer-1"));
    awaitRun(run, "state", "RUNNING");
    awaitRun(run, "step", 5);

    SegmentCompleted half = OtherServices.completed(first, 16, false);
    others.send(half);
    others.send(half);
    List<TrainSegment> two = segments(run, 2);
    assertThat(two.get(1).parent()).isEqualTo(half.head());
    others.send(
        new TrainingProgress(
            id, run, new MetricPoint(9, 9 / 16.0, 9.9, 0.1), 32, 512, "late-trainer"));
    SegmentCompleted end = OtherServices.completed(two.get(1), 16, true);
    others.send(end);

    EvaluateCheckpoint evaluate = (EvaluateCheckpoint) evaluations(id, 1).get(0);
    assertThat(evaluate.checkpoint()).isEqualTo(end.head());
    awaitState(id, "EVALUATING");
    others.send(half);
    others.send(new CheckpointEvaluated(id, run, end.head().id()));
    ComposeReport compose = (ComposeReport) evaluations(id, 2).get(1);
    assertThat(compose.members())
        .extracting(m -> m.checkpoint().id())
        .containsExactly("lenet5-s7@32");
    List<EpochMetrics> curve = compose.members().get(0).curve();
    assertThat(curve).extracting(EpochMetrics::epoch).containsExactly(1, 2);
    assertThat(curve)
        .extracting(EpochMetrics::norms)
        .containsExactly(null, List.of(new ParameterNorm("conv1.weight", 0.25f, 2)));
    others.send(new ReportComposed(id));
    others.send(new ReportComposed(id));
    awaitState(id, "COMPLETED");

    assertThat(others.settle(Topics.TRAINING_SEGMENTS, run, TrainSegment.class)).hasSize(2);
    given()
        .get("/api/v1/experiments/{id}", id)
        .then()
        .statusCode(200)
        .body("progress", equalTo(1.0f))
        .body("endedAt", notNullValue())
        .body("runs[0].segments", equalTo(2))
        .body("runs[0].totalSteps", equalTo(32))
        .body("runs[0].lastEpoch.epoch", equalTo(2))
        .body("runs[0].live.step", equalTo(32));
    given()
        .get("/api/v1/runs/{id}/metrics", run)
        .then()
        .statusCode(200)
        .body("points", hasSize(4))
        .body("epochs.epoch", equalTo(List.of(1, 2)))
        .body("epochs[0].norms", nullValue());
    given()
        .get("/api/v1/runs/{id}/gradients", run)
        .then()
        .statusCode(200)
        .body("epochs.step", equalTo(List.of(16, 32)))
        .body("epochs[1].norms.name", equalTo(List.of("conv1.weight")))
        .body("epochs[1].norms[0].gradient", equalTo(0.25f))
        .body("epochs[1].norms[0].value", equalTo(2.0f));
    wrongImages(id, run);
    given()
        .get("/api/v1/runs/{id}/metrics?format=csv", run)
        .then()
        .statusCode(200)
        .contentType("text/csv")
        .body(containsString("epoch,32,2,1.5,0.5,1.4,0.52"));
    given()
        .get("/api/v1/runs/{id}/checkpoints", run)
        .then()
        .statusCode(200)
        .body("checkpoint.step", equalTo(List.of(16, 32)))
        .body("head", equalTo(List.of(false, true)))
        .body("evaluated", equalTo(List.of(false, true)));
  }

  /** Three images that the evaluator knows of, in two parts. */
  private void wrongImages(UUID id, UUID run) throws IOException {
    String image =
        """
        {"place": %d, "id": %d, "label": 0, "className": "cat", "predicted": 1,
         "predictedName": "dog", "probability": 0.1, "predictedProbability": 0.9, "loss": 2.3}""";
    byte[] body =
        "[%s, %s, %s]"
            .formatted(image.formatted(1, 70), image.formatted(2, 8), image.formatted(3, 9))
            .getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress("127.0.0.1", evaluator.getPort()), 0);
    server.createContext(
        "/internal/v1/experiments/" + id + "/wrong-images",
        exchange -> {
          boolean asked = "run=lenet5-s7".equals(exchange.getRequestURI().getRawQuery());
          exchange.sendResponseHeaders(asked ? 200 : 404, asked ? body.length : -1);
          if (asked) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    try {
      String cursor =
          given()
              .get("/api/v1/runs/{id}/wrong-images?limit=2", run)
              .then()
              .statusCode(200)
              .body("items.id", equalTo(List.of(70, 8)))
              .body(
                  "items[0].picture",
                  equalTo(
                      "/api/v1/datasets/digits/prepared/%s/samples/70.png?variant=0"
                          .formatted(OtherServices.DATASET.id())))
              .extract()
              .path("nextCursor");
      given()
          .get("/api/v1/runs/{id}/wrong-images?limit=2&cursor={cursor}", run, cursor)
          .then()
          .statusCode(200)
          .body("items.place", equalTo(List.of(3)))
          .body("nextCursor", nullValue());
      given().get("/api/v1/runs/{id}/wrong-images?limit=0", run).then().statusCode(400);
      given().get("/api/v1/runs/{id}/wrong-images?cursor=x", run).then().statusCode(400);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void missingDataFailsTheExperimentWithTheReason() {
    UUID id = create(ONE_RUN);
    others.send(
        new DatasetFailed(
            id, new Failure(FailureCode.DATASET_UNKNOWN, "no 'digits'; register it")));
    awaitState(id, "FAILED");
    given()
        .get("/api/v1/experiments/{id}", id)
        .then()
        .body("reason", equalTo("no 'digits'; register it"))
        .body("failure.code", equalTo("DATASET_UNKNOWN"))
        .body("runs[0].state", equalTo("FAILED"));
  }

  @Test
  void aNetworkThatCannotTakeTheInputFailsAndTheOthersGoOn() {
    UUID id =
        create(
            """
            name: two
            dataset: digits
            preparation: {channels: 1}
            runs:
              - {architecture: lenet5, epochs: 1}
              - {architecture: logistic, epochs: 1}
            """);
    PreparedDataset small =
        new PreparedDataset(
            "p",
            "m",
            OtherServices.DATASET.classes(),
            1,
            3,
            3,
            OtherServices.DATASET.counts(),
            null,
            List.of());
    others.send(new DatasetPrepared(id, small, true));
    awaitState(id, "RUNNING");
    awaitRun(run(id, 0), "failure.code", "ARCHITECTURE_INVALID");
    UUID logistic = run(id, 1);
    SegmentCompleted all = OtherServices.completed(segments(logistic, 1).get(0), 16, true);
    others.send(all);
    evaluations(id, 1);
    others.send(new CheckpointEvaluated(id, logistic, all.head().id()));
    ComposeReport compose = (ComposeReport) evaluations(id, 2).get(1);
    assertThat(compose.members()).hasSize(1);
    others.send(new ReportComposed(id));
    awaitState(id, "FAILED");
    given()
        .get("/api/v1/experiments/{id}", id)
        .then()
        .body("reason", startsWith("lenet5-s0 failed; the report has"))
        .body("runs[1].state", equalTo("COMPLETED"));
  }

  @Test
  void cancellingStopsEverythingAndLateEventsChangeNothing() {
    UUID id = create(ONE_RUN);
    others.send(new DatasetPrepared(id, OtherServices.DATASET, false));
    awaitState(id, "RUNNING");
    UUID run = run(id, 0);
    TrainSegment segment = segments(run, 1).get(0);
    given().post("/api/v1/experiments/{id}/cancel", id).then().statusCode(200);
    others.await(Topics.TRAINING_CONTROL, id, 1, TrainingControl.class);
    others.send(OtherServices.completed(segment, 16, false));
    others.send(
        new SegmentFailed(id, run, null, new Failure(FailureCode.TRAINING_DIVERGED, "NaN")));
    assertThat(others.settle(Topics.TRAINING_SEGMENTS, run, TrainSegment.class)).hasSize(1);
    awaitState(id, "CANCELLED");
    awaitRun(run, "state", "CANCELLED");
    given()
        .post("/api/v1/experiments/{id}/cancel", id)
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("detail", containsString("CANCELLED"));
  }

  @Test
  void aRunThatDivergesFailsItsExperimentWhenItIsTheOnlyOne() {
    UUID id = create(ONE_RUN);
    others.send(new DatasetPrepared(id, OtherServices.DATASET, false));
    awaitState(id, "RUNNING");
    UUID run = run(id, 0);
    segments(run, 1);
    others.send(
        new SegmentFailed(
            id, run, null, new Failure(FailureCode.TRAINING_DIVERGED, "NaN at step 3")));
    awaitState(id, "FAILED");
    awaitRun(run, "reason", "NaN at step 3");
  }

  @Test
  void whatCannotBeReadDoesNotStopTheOthers() {
    others.sendRaw(Topics.DATASET_EVENTS, "{nonsense".getBytes(StandardCharsets.UTF_8));
    UUID id = create(ONE_RUN);
    others.send(new DatasetPrepared(id, OtherServices.DATASET, false));
    awaitState(id, "RUNNING");
    given()
        .get("/api/v1/experiments?label=orchestration&state=running&limit=200")
        .then()
        .statusCode(200)
        .body("items.size()", greaterThan(0));
  }

  private static UUID create(String yaml) {
    String location =
        given()
            .contentType("application/yaml")
            .body(yaml.getBytes(StandardCharsets.UTF_8))
            .post("/api/v1/experiments")
            .then()
            .statusCode(201)
            .extract()
            .header("Location");
    return UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
  }

  private static UUID run(UUID experiment, int index) {
    return UUID.fromString(
        given()
            .get("/api/v1/experiments/{id}", experiment)
            .then()
            .extract()
            .path("runs[" + index + "].id"));
  }

  private List<TrainSegment> segments(UUID run, int count) {
    return others.await(Topics.TRAINING_SEGMENTS, run, count, TrainSegment.class);
  }

  private List<EvaluationRequest> evaluations(UUID experiment, int count) {
    return others.await(Topics.EVALUATION_REQUESTS, experiment, count, EvaluationRequest.class);
  }

  private static void awaitState(UUID experiment, String state) {
    await("/api/v1/experiments/" + experiment, "state", state);
  }

  private static void awaitRun(UUID run, String path, Object value) {
    await("/api/v1/runs/" + run, path, value);
  }

  private static void await(String address, String path, Object value) {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    Object found = null;
    while (System.nanoTime() < until) {
      found = given().get(address).then().statusCode(200).extract().path(path);
      if (value.equals(found)) {
        return;
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    assertThat(found).as(address + " " + path).isEqualTo(value);
  }
}
