package io.tencrop.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tencrop.contracts.Failure;
import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.Topics;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.DatasetEvent.DatasetPrepared;
import io.tencrop.contracts.event.EvaluationEvent.CheckpointEvaluated;
import io.tencrop.contracts.event.EvaluationEvent.ReportComposed;
import io.tencrop.contracts.event.EvaluationEvent.TeacherComposed;
import io.tencrop.contracts.event.EvaluationEvent.TeacherFailed;
import io.tencrop.contracts.event.EvaluationRequest;
import io.tencrop.contracts.event.EvaluationRequest.ComposeTeacher;
import io.tencrop.contracts.event.TrainSegment;
import io.tencrop.contracts.event.TrainingEvent.SegmentCompleted;
import io.tencrop.contracts.spec.ExperimentSpec;
import io.tencrop.contracts.spec.TeacherRef;
import io.tencrop.contracts.spec.TeacherSpec;
import io.tencrop.gateway.spec.Teachers;
import io.tencrop.messaging.MessageCodec;
import java.io.OutputStream;
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

/** Distillation, from the teachers' report to the students' first segments. */
@QuarkusTest
@QuarkusTestResource(Servers.class)
class TeacherApiTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  @ConfigProperty(name = "tencrop.evaluator-service.url")
  URI evaluator;

  private final MessageCodec codec = new MessageCodec();
  private final String name = "teachers-" + UUID.randomUUID();
  private OtherServices others;
  private HttpServer server;

  @BeforeEach
  void connect() {
    others = new OtherServices(bootstrapServers);
  }

  @AfterEach
  void disconnect() {
    others.close();
    if (server != null) {
      server.stop(0);
    }
  }

  private static String student(String teacher) {
    return """
        name: students
        dataset: digits
        preparation: {resize: 36, crop: 32, channels: 1}
        runs:
          - {name: taught, architecture: lenet5, seeds: [1, 2], epochs: 1, teacher: {experiment: %s, ensemble: both}}
          - {name: alone, architecture: logistic, epochs: 1}
        """
        .formatted(teacher);
  }

  /** A completed experiment, whose report the evaluator has. */
  private UUID completedTeacher() throws Exception {
    String yaml =
        """
        name: %s
        dataset: digits
        preparation: {resize: 36, crop: 32, channels: 1}
        runs: [{architecture: lenet5, epochs: 1}]
        evaluation: {ensembles: [{name: both}]}
        """
            .formatted(name);
    UUID id = create(yaml);
    others.send(new DatasetPrepared(id, OtherServices.DATASET, false));
    awaitState("/api/v1/experiments/" + id, "RUNNING");
    UUID run = run(id, 0);
    TrainSegment first = others.await(Topics.TRAINING_SEGMENTS, run, 1, TrainSegment.class).get(0);
    SegmentCompleted end = OtherServices.completed(first, 16, true);
    others.send(end);
    others.await(Topics.EVALUATION_REQUESTS, id, 1, EvaluationRequest.class);
    given()
        .contentType("application/yaml")
        .body(student(id.toString()).getBytes(StandardCharsets.UTF_8))
        .post("/api/v1/experiments?dryRun=true")
        .then()
        .statusCode(400)
        .body("violations[0].pointer", equalTo("/runs/0/teacher/experiment"))
        .body("violations[0].detail", containsString("must be completed"));
    others.send(new CheckpointEvaluated(id, run, end.head().id()));
    others.await(Topics.EVALUATION_REQUESTS, id, 2, EvaluationRequest.class);
    others.send(new ReportComposed(id));
    awaitState("/api/v1/experiments/" + id, "COMPLETED");
    given()
        .contentType("application/yaml")
        .body(student(name).getBytes(StandardCharsets.UTF_8))
        .post("/api/v1/experiments?dryRun=true")
        .then()
        .statusCode(503)
        .body("detail", containsString("evaluator service"));
    serve(id);
    return id;
  }

  private void serve(UUID id) throws Exception {
    ExperimentSpec spec =
        codec.decode(
            """
            {"name": "t", "dataset": "digits", "runs": [{"architecture": "lenet5"}],
             "evaluation": {"ensembles": [{"name": "both"}]}}
            """
                .getBytes(StandardCharsets.UTF_8),
            ExperimentSpec.class);
    byte[] report = codec.encode(Teachers.report(id, spec));
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", evaluator.getPort()), 0);
    server.createContext(
        "/internal/v1/experiments/" + id + "/results",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, report.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(report);
          }
        });
    server.start();
  }

  @Test
  void studentsWaitForTheirTeacherAndOthersDoNot() throws Exception {
    UUID teacher = completedTeacher();
    UUID id = create(student(name));
    TeacherRef ref = new TeacherRef(teacher, "both", 4);
    others.send(new DatasetPrepared(id, OtherServices.DATASET, false));
    assertThat(others.await(Topics.EVALUATION_REQUESTS, id, 1, EvaluationRequest.class))
        .containsExactly(new ComposeTeacher(id, OtherServices.DATASET, ref));
    assertThat(segments(run(id, 2), 1)).hasSize(1);
    assertThat(others.settle(Topics.TRAINING_SEGMENTS, run(id, 0), TrainSegment.class)).isEmpty();

    others.send(new TeacherComposed(id, ref, "abc"));
    others.send(new TeacherComposed(id, ref, "abc"));
    TeacherSpec taught = new TeacherSpec(teacher.toString(), "both", 4, 0.9, "abc");
    for (int i = 0; i < 2; i++) {
      assertThat(segments(run(id, i), 1))
          .singleElement()
          .satisfies(segment -> assertThat(segment.run().training().teacher()).isEqualTo(taught));
      assertThat(others.settle(Topics.TRAINING_SEGMENTS, run(id, i), TrainSegment.class))
          .hasSize(1);
    }
  }

  @Test
  void aTeacherThatCannotAnswerFailsItsStudents() throws Exception {
    UUID teacher = completedTeacher();
    UUID id = create(student(teacher.toString()));
    others.send(new DatasetPrepared(id, OtherServices.DATASET, false));
    others.await(Topics.EVALUATION_REQUESTS, id, 1, EvaluationRequest.class);
    others.send(
        new TeacherFailed(
            id,
            new TeacherRef(teacher, "both", 4),
            new Failure(FailureCode.TEACHER_INVALID, "it votes")));
    awaitState("/api/v1/runs/" + run(id, 1), "FAILED");
    given()
        .get("/api/v1/runs/{id}", run(id, 0))
        .then()
        .body("failure.code", equalTo("TEACHER_INVALID"))
        .body("reason", equalTo("it votes"));
    assertThat(runState(run(id, 2))).isEqualTo("QUEUED");
  }

  @Test
  void dataThatHasChangedSinceFailsTheStudents() throws Exception {
    UUID id = create(student(completedTeacher().toString()));
    PreparedDataset now = OtherServices.DATASET;
    others.send(
        new DatasetPrepared(
            id,
            new PreparedDataset(
                "changed",
                "m",
                now.classes(),
                now.channels(),
                now.height(),
                now.width(),
                now.counts(),
                null,
                List.of()),
            false));
    awaitState("/api/v1/runs/" + run(id, 0), "FAILED");
    given()
        .get("/api/v1/runs/{id}", run(id, 0))
        .then()
        .body("failure.code", equalTo("TEACHER_INVALID"))
        .body("reason", containsString("the data set has changed since"));
    assertThat(segments(run(id, 2), 1)).hasSize(1);
  }

  private List<TrainSegment> segments(UUID run, int count) {
    return others.await(Topics.TRAINING_SEGMENTS, run, count, TrainSegment.class);
  }

  private static UUID create(String yaml) {
    return UUID.fromString(
        given()
            .contentType("application/yaml")
            .body(yaml.getBytes(StandardCharsets.UTF_8))
            .post("/api/v1/experiments")
            .then()
            .statusCode(201)
            .extract()
            .path("id"));
  }

  private static UUID run(UUID id, int index) {
    return UUID.fromString(
        given().get("/api/v1/experiments/{id}", id).path("runs[%d].id".formatted(index)));
  }

  private static void awaitState(String address, String state) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    String found = "";
    while (!found.equals(state) && System.nanoTime() < until) {
      Thread.sleep(50);
      found = given().get(address).path("state");
    }
    assertThat(found).as(address).isEqualTo(state);
  }

  private static String runState(UUID id) {
    return given().get("/api/v1/runs/{id}", id).path("state");
  }
}
