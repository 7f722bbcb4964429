package io.tencrop.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.tencrop.gateway.report.StoredReport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP API as a client sees it. */
@QuarkusTest
@QuarkusTestResource(Servers.class)
class ApiTest {
  private static final String SPEC =
      """
      name: api
      dataset: digits
      labels: [%s]
      preparation: {resize: 36, crop: 32, channels: 1}
      runs:
        - {architecture: lenet5, epochs: 2, seeds: [1, 2]}
      """;

  @ConfigProperty(name = "tencrop.evaluator-service.url")
  URI evaluator;

  @Test
  void aDryRunAnswersTheExpandedRunsAndStoresNothing() {
    String label = UUID.randomUUID().toString();
    post(SPEC.formatted(label), "?dryRun=true")
        .statusCode(200)
        .body("runs.name", equalTo(List.of("lenet5-s1", "lenet5-s2")))
        .body("spec.evaluation.views", equalTo(List.of("center")));
    given().get("/api/v1/experiments?label=" + label).then().body("items", empty());
  }

  @Test
  void everyViolationIsListedWithItsPointer() {
    post(
            """
            name: bad
            dataset: digits
            prepration: {}
            preparation:
              split: {train: 0.8, validation: 0.1, test: 0.2}
            runs:
              - {architecture: lenet6}
              - {architecture: logistic, epochs: -1}
            """,
            "")
        .statusCode(400)
        .contentType("application/problem+json")
        .body("title", equalTo("The experiment is not valid"))
        .body("instance", equalTo("/api/v1/experiments"))
        .body(
            "violations.pointer.toSet()",
            equalTo(
                Set.of(
                    "/prepration", "/preparation/split", "/runs/0/architecture", "/runs/1/epochs")))
        .body("violations.detail", hasItem(containsString("did you mean 'preparation'?")));
  }

  @Test
  void malformedYamlSaysWhere() {
    post("name: x\nruns: [\n  - }", "")
        .statusCode(400)
        .body("violations[0].pointer", equalTo(""))
        .body("violations[0].detail", startsWith("malformed YAML at line 3, column"));
  }

  @Test
  void jsonIsTakenToo() {
    given()
        .contentType("application/json")
        .body("{\"name\":\"j\",\"dataset\":\"d\",\"runs\":[{\"architecture\":\"logistic\"}]}")
        .post("/api/v1/experiments")
        .then()
        .statusCode(201)
        .body("state", equalTo("QUEUED"))
        .body("runs", hasSize(1));
  }

  @Test
  void theSameKeyCreatesOnce() {
    String label = UUID.randomUUID().toString();
    String key = UUID.randomUUID().toString();
    Response first = keyed(SPEC.formatted(label), key);
    Response second = keyed(SPEC.formatted(label), key);
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(second.asString()).isEqualTo(first.asString());
    given().get("/api/v1/experiments?label=" + label).then().body("items", hasSize(1));
    keyed(SPEC.formatted("other"), key)
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("detail", containsString(key));
  }

  @Test
  void theSameKeyAtTheSameTimeCreatesOnce() {
    String label = UUID.randomUUID().toString();
    String key = UUID.randomUUID().toString();
    List<CompletableFuture<Response>> answers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      answers.add(CompletableFuture.supplyAsync(() -> keyed(SPEC.formatted(label), key)));
    }
    Set<String> locations = new HashSet<>();
    answers.forEach(answer -> locations.add(answer.join().header("Location")));
    assertThat(locations).hasSize(1);
    given().get("/api/v1/experiments?label=" + label).then().body("items", hasSize(1));
  }

  @Test
  void aListIsReadInParts() {
    String label = UUID.randomUUID().toString();
    List<String> created = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      created.add(0, post(SPEC.formatted(label), "").statusCode(201).extract().path("id"));
    }
    List<String> listed = new ArrayList<>();
    String cursor = null;
    do {
      Response part =
          given()
              .queryParam("label", label)
              .queryParam("limit", 2)
              .queryParams(cursor == null ? Map.of() : Map.of("cursor", cursor))
              .get("/api/v1/experiments");
      listed.addAll(part.path("items.id"));
      cursor = part.path("nextCursor");
    } while (cursor != null);
    assertThat(listed).isEqualTo(created);
    for (String wrong : List.of("cursor=nonsense", "limit=0", "limit=x", "state=DONE")) {
      given()
          .get("/api/v1/experiments?" + wrong)
          .then()
          .statusCode(400)
          .contentType("application/problem+json");
    }
  }

  @Test
  void eventsComeInOrderAndGoOnAfterTheLastOne() throws Exception {
    String id = post(SPEC.formatted("events"), "").extract().path("id");
    CompletableFuture<List<String>> following =
        CompletableFuture.supplyAsync(() -> events(id, null));
    Thread.sleep(600);
    given().post("/api/v1/experiments/{id}/cancel", id).then().statusCode(200);
    List<String> all = following.get(20, TimeUnit.SECONDS);
    assertThat(ids(all)).containsExactly("1", "2", "3", "4");
    assertThat(all)
        .filteredOn(line -> line.startsWith("event:"))
        .containsExactly("event:state", "event:run", "event:run", "event:state");
    assertThat(ids(events(id, "2"))).containsExactly("3", "4");
    assertThat(ids(events(id, "4"))).isEmpty();
  }

  @Test
  void resultsAre503WithTheReasonWhileTheEvaluatorIsAway() throws IOException {
    String id = post(SPEC.formatted("results"), "").extract().path("id");
    given()
        .get("/api/v1/experiments/{id}/results", id)
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .body("detail", startsWith("The evaluator service at " + evaluator + " does not answer"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress("127.0.0.1", evaluator.getPort()), 0);
    server.createContext(
        "/internal/v1/experiments/" + id + "/results",
        exchange -> {
          byte[] body =
              StoredReport.json()
                  .replace("00000000-0000-0000-0000-0000000000aa", id)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      given()
          .get("/api/v1/experiments/{id}/report", id)
          .then()
          .statusCode(200)
          .header("Content-Disposition", "attachment; filename=\"report.json\"")
          .body("experimentId", equalTo(id));
      given()
          .get("/api/v1/experiments/{id}/budget?latencyMs=5&sizeMb=1e3", id)
          .then()
          .statusCode(200)
          .body("enter.entry", equalTo(5))
          .body("ship.entry", equalTo(0))
          .body("limits.latencyMs", equalTo(5f))
          .body("limits.memoryMb", equalTo(null))
          .body("entries", hasSize(6));
      given()
          .get("/api/v1/experiments/{id}/report?format=csv", id)
          .then()
          .statusCode(200)
          .contentType("text/csv")
          .header("Content-Disposition", "attachment; filename=\"report.csv\"")
          .body(startsWith("kind,name,group,"));
      given()
          .accept("text/html,application/xhtml+xml,*/*;q=0.8")
          .get("/api/v1/experiments/{id}/report", id)
          .then()
          .statusCode(200)
          .contentType("text/html")
          .header("Content-Disposition", "inline; filename=\"report.html\"")
          .header("Content-Security-Policy", containsString("sandbox"))
          .body(containsString("<h1>tiny</h1>"));
      given()
          .get("/api/v1/experiments/{id}/report?format=pdf", id)
          .then()
          .statusCode(400)
          .body("detail", containsString("must be json or csv or html"));
      for (String limit : List.of("0", "-1", "NaN", "5ms")) {
        given()
            .queryParam("memoryMb", limit)
            .get("/api/v1/experiments/{id}/budget", id)
            .then()
            .statusCode(400)
            .contentType("application/problem+json")
            .body("detail", startsWith("The parameter 'memoryMb' is '" + limit + "'"));
      }
    } finally {
      server.stop(0);
    }
    given().get("/api/v1/datasets").then().statusCode(503);
  }

  @Test
  void comparisonsNeedTwoToTenExperimentsThatAreThere() {
    String id = post(SPEC.formatted("compared"), "").extract().path("id");
    for (String wrong : List.of("", "x", id, id + "," + id)) {
      given()
          .queryParam("experiments", wrong)
          .get("/api/v1/comparisons")
          .then()
          .statusCode(400)
          .contentType("application/problem+json")
          .body("detail", startsWith("The parameter 'experiments'"));
    }
    given()
        .queryParam("experiments", id + "," + UUID.randomUUID())
        .get("/api/v1/comparisons")
        .then()
        .statusCode(404);
  }

  @Test
  void errorsOfTheFrameworkAreProblemsToo() {
    for (String path :
        List.of(
            "/api/v1/nope",
            "/api/v1/runs/" + UUID.randomUUID(),
            "/api/v1/experiments/" + UUID.randomUUID() + "/events",
            "/api/v1/experiments/none")) {
      given()
          .get(path)
          .then()
          .statusCode(404)
          .contentType("application/problem+json")
          .body("status", equalTo(404));
    }
    given()
        .delete("/api/v1/experiments")
        .then()
        .statusCode(405)
        .contentType("application/problem+json");
    given()
        .contentType("text/plain")
        .body("x")
        .post("/api/v1/experiments")
        .then()
        .statusCode(415)
        .contentType("application/problem+json");
    given()
        .contentType("application/yaml")
        .body(("a: " + "x".repeat(1 << 20)).getBytes(StandardCharsets.UTF_8))
        .post("/api/v1/experiments")
        .then()
        .statusCode(413)
        .contentType("application/problem+json");
  }

  @Test
  void whatCanBeTrainedAndHowASpecLooksIsPublished() {
    given()
        .get("/api/v1/architectures")
        .then()
        .body("name", hasItems("lenet5", "shallow", "logistic"))
        .body("find { it.name == 'shallow' }.options[0].name", equalTo("hidden"));
    given().get("/api/v1/schemas/experiment").then().body("title", equalTo("Experiment"));
    given()
        .accept("application/json")
        .get("/q/openapi")
        .then()
        .body("paths.'/api/v1/experiments'.post.summary", notNullValue());
    given().get("/q/swagger-ui/").then().statusCode(200);
    given().get("/").then().statusCode(200).body(containsString("<tencrop-app>"));
  }

  @Test
  void networksAreSummarized() {
    given()
        .get("/api/v1/architectures/resnet18/summary?input=3x32x32&classes=10&stem=cifar&batch=4")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("batch", equalTo(4))
        .body("parameters", equalTo(11_173_962))
        .body("rows[1].name", equalTo("conv1"))
        .body("rows[1].output", equalTo(List.of(64, 32, 32)))
        .body("rows[1].forwardFlops", equalTo(4 * 2 * 27 * 64 * 32 * 32));
    given()
        .accept("text/plain")
        .get("/api/v1/architectures/lenet5/summary?input=1x32x32&classes=10")
        .then()
        .statusCode(200)
        .contentType(startsWith("text/plain"))
        .body(containsString("LAYER"), containsString("61,706"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "lenet6?input=1x32x32&classes=10 | 404 | There is no architecture 'lenet6'. Known: logistic",
        "lenet5?classes=10 | 400 | 'input' is missing",
        "lenet5?input=1x32x32 | 400 | 'classes' is missing",
        "lenet5?input=32x32&classes=10 | 400 | channels x height x width, 3x224x224",
        "lenet5?input=1x32x32&classes=0 | 400 | a whole number from 1 to 1000000",
        "lenet5?input=1x32x32&classes=10&batch=many | 400 | 'batch' is 'many'; must be",
        "lenet5?input=1x32x32&classes=10&batch=1&batch=2 | 400 | more than once",
        "lenet5?input=1x32x32&classes=10&stem=cifar | 400 | lenet5 has no option 'stem'; it has none.",
        "resnet18?input=1x32x32&classes=10&stem=small | 400 | one of imagenet, cifar",
        "alexnet?input=3x32x32&classes=10 | 400 | the next larger square it takes is 63x63.",
        "vit-tiny?input=3x30x30&classes=10 | 400 | height and width must be multiples of 4",
        "logistic?input=3x99999999x99999999&classes=10 | 400 | at most 2.15e+09 are possible"
      })
  void whatCannotBeSummarizedIsAProblemThatSaysWhatCan(String query, int status, String detail) {
    given()
        .get("/api/v1/architectures/" + query.replace("?", "/summary?"))
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("detail", containsString(detail));
  }

  @Test
  void aNetworkThatCannotTakeTheImagesIsAViolationAtItsPlace() {
    post(
            SPEC.formatted("sizes").replace("crop: 32", "crop: 30").replace("lenet5", "vit-tiny"),
            "?dryRun=true")
        .statusCode(400)
        .body("violations.pointer", hasItems("/runs/0/architecture"))
        .body("violations[0].detail", containsString("multiples of 4"));
  }

  @Test
  void pagesOfOtherSitesAreNotServed() {
    given()
        .header("Origin", "https://example.com")
        .post("/api/v1/experiments/{id}/cancel", UUID.randomUUID())
        .then()
        .statusCode(403)
        .contentType("application/problem+json");
  }

  private static ValidatableResponse post(String yaml, String query) {
    return given()
        .contentType("application/yaml")
        .body(yaml.getBytes(StandardCharsets.UTF_8))
        .post("/api/v1/experiments" + query)
        .then();
  }

  private static Response keyed(String yaml, String key) {
    return given()
        .contentType("application/yaml")
        .header("Idempotency-Key", key)
        .body(yaml.getBytes(StandardCharsets.UTF_8))
        .post("/api/v1/experiments");
  }

  /** The lines of the stream until it ends. */
  private static List<String> events(String id, String lastId) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://localhost:%d/api/v1/experiments/%s/events"
                        .formatted(RestAssured.port, id)))
            .timeout(Duration.ofSeconds(20));
    if (lastId != null) {
      request.header("Last-Event-ID", lastId);
    }
    try {
      return HttpClient.newHttpClient()
          .send(request.build(), HttpResponse.BodyHandlers.ofLines())
          .body()
          .toList();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> ids(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("id:"))
        .map(line -> line.substring(3).strip())
        .toList();
  }
}
