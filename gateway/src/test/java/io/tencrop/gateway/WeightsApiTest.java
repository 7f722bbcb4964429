package io.tencrop.gateway;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.data.CheckpointManifest;
import io.tencrop.contracts.data.CheckpointManifest.StoredFile;
import io.tencrop.contracts.data.PreparedManifest;
import io.tencrop.contracts.data.RejectedImages;
import io.tencrop.contracts.spec.ArchitectureSpec;
import io.tencrop.contracts.spec.InputSpec;
import io.tencrop.contracts.spec.Normalization;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.ShardPreparation;
import io.tencrop.contracts.spec.SplitSpec;
import io.tencrop.contracts.spec.TrainCrop;
import io.tencrop.contracts.spec.TrainingSpec;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.storage.Digests;
import io.tencrop.storage.ObjectStore;
import io.tencrop.storage.StoredObject;
import io.tencrop.vision.network.ActivationShape;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.network.Parameter;
import io.tencrop.vision.safetensors.SafetensorsWriter;
import io.tencrop.vision.safetensors.TensorType;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights over HTTP, with the files of vision's tests. */
@QuarkusTest
@QuarkusTestResource(Servers.class)
class WeightsApiTest {
  private static final Path FILES = Path.of("..", "vision", "src", "test", "resources", "weights");
  private static final String CHECKPOINTS = "/api/v1/checkpoints";

  @Inject ObjectStore store;

  @ConfigProperty(name = "tencrop.gateway.weights.cache-dir")
  Path uploads;

  private static byte[] file(String name) throws IOException {
    return Files.readAllBytes(FILES.resolve(name));
  }

  private static ValidatableResponse upload(byte[] content, String query) {
    return given()
        .contentType("application/octet-stream")
        .body(content)
        .post(CHECKPOINTS + query)
        .then();
  }

  private static Network logistic(int channels, int outputs) throws Exception {
    return Architectures.create("logistic", Map.of())
        .network(ActivationShape.image(channels, 8, 8), outputs);
  }

  private static byte[] weights(Network network) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (SafetensorsWriter writer =
        new SafetensorsWriter(
            out,
            network.parameters().stream()
                .map(
                    parameter ->
                        new SafetensorsWriter.Entry(
                            parameter.name(), TensorType.F32, parameter.shape()))
                .toList(),
            Map.of())) {
      for (Parameter parameter : network.parameters()) {
        ByteBuffer bytes =
            ByteBuffer.allocate(4 * parameter.elements()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(parameter.initialValues(3));
        writer.write(bytes);
      }
    }
    return out.toByteArray();
  }

  @Test
  void theSameWeightsHaveTheSameIdWhateverTheyComeIn() throws IOException {
    Response first =
        upload(file("plain.pth"), "")
            .statusCode(201)
            .body("id", matchesPattern("[0-9a-f]{64}"))
            .body("tensors", equalTo(8))
            .body("parameters", equalTo(18 + 2 + 8 + 12 + 4))
            .extract()
            .response();
    assertThat(first.header("Location")).endsWith(CHECKPOINTS + "/" + first.path("id"));
    for (String name : List.of("plain.pth", "legacy.pth", "checkpoint.pth", "plain.safetensors")) {
      upload(file(name), "").statusCode(201).body("id", equalTo(first.path("id")));
    }
    String told = given().get(CHECKPOINTS + "/" + first.path("id")).asString();
    assertThat(told).isEqualTo(first.asString());
    assertThat(uploads).isDirectoryNotContaining("glob:**upload*");
  }

  @Test
  void weightsAreGivenAsTheyAreKept() throws IOException {
    Response kept = upload(file("plain.pth"), "").extract().response();
    String id = kept.path("id");
    String sha256 = kept.path("sha256");
    String address = CHECKPOINTS + "/" + id + "/weights";
    Response whole = given().get(address);
    byte[] content = whole.asByteArray();
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(Digests.sha256(content)).isEqualTo(sha256);
    assertThat(whole.header("ETag")).isEqualTo("\"" + sha256 + "\"");
    assertThat(whole.header("Content-Length")).isEqualTo(Integer.toString(content.length));
    assertThat(whole.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"weights-%s.safetensors\"".formatted(id.substring(0, 8)));

    given().header("If-None-Match", whole.header("ETag")).get(address).then().statusCode(304);
    Response head = given().head(address);
    assertThat(head.header("ETag")).isEqualTo(whole.header("ETag"));
    assertThat(head.header("Content-Length")).isEqualTo(whole.header("Content-Length"));
    Response part = given().header("Range", "bytes=8-20").get(address);
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.header("Content-Range")).isEqualTo("bytes 8-20/" + content.length);
    assertThat(part.asByteArray()).isEqualTo(Arrays.copyOfRange(content, 8, 21));
    Response changed =
        given().header("Range", "bytes=8-20").header("If-Range", "\"other\"").get(address);
    assertThat(changed.statusCode()).isEqualTo(200);
    given()
        .header("Range", "bytes=%d-".formatted(content.length))
        .get(address)
        .then()
        .statusCode(416)
        .header("Content-Range", equalTo("bytes */" + content.length));
  }

  @Test
  void weightsAreHeldAgainstTheArchitecture() throws Exception {
    byte[] colour = weights(logistic(3, 10));
    upload(colour, "?architecture=logistic&input=3x8x8").statusCode(201);
    upload(colour, "?architecture=logistic&input=1x8x8")
        .statusCode(422)
        .contentType("application/problem+json")
        .body("detail", containsString("fc.weight is [10, 192] and should be [2, 64]"));
    upload(colour, "?architecture=lenet5&input=1x32x32")
        .statusCode(422)
        .body("detail", containsString("missing: conv1.weight"));
  }

  @ParameterizedTest
  @CsvSource({
    "?architecture=lenet6, there is no architecture 'lenet6'",
    "?architecture=lenet5&stem=cifar, lenet5 has no option 'stem'",
    "?architecture=lenet5&input=3x8x8, too small",
    "?input=3x8x8, says nothing without architecture",
    "?architecture=lenet5&architecture=alexnet, is there more than once"
  })
  void whatTheyAreOfMustExist(String query, String detail) throws IOException {
    upload(file("plain.pth"), query).statusCode(400).body("detail", containsString(detail));
  }

  @ParameterizedTest
  @CsvSource({
    "command.pth, posix.system",
    "whole-model.pth, torch.nn.modules.container.Sequential",
    "integers.pth, torch.LongStorage",
    "script.pt, it is a TorchScript program"
  })
  void whatIsNoWeightsIsRefused(String name, String detail) throws IOException {
    upload(file(name), "")
        .statusCode(422)
        .contentType("application/problem+json")
        .body("detail", containsString(detail));
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    upload(Arrays.copyOf(file("plain.pth"), 2000), "")
        .statusCode(422)
        .body("detail", containsString("truncated"));
  }

  @Test
  void anUploadHasALimit() throws Exception {
    byte[] large = new byte[(4 << 20) + 1];
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + port() + CHECKPOINTS))
            .header("Content-Type", "application/octet-stream");
    HttpClient http = HttpClient.newHttpClient();
    for (HttpRequest.BodyPublisher body :
        List.of(
            HttpRequest.BodyPublishers.ofByteArray(large),
            HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))) {
      HttpResponse<String> answer =
          http.send(request.POST(body).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.body()).contains("at most 4194304 bytes");
    }
  }

  private static int port() {
    return RestAssured.port;
  }

  @Test
  void anotherMediaTypeIsNotTaken() throws IOException {
    given()
        .contentType("text/plain")
        .body(file("plain.pth"))
        .post(CHECKPOINTS)
        .then()
        .statusCode(415)
        .body("detail", containsString("application/octet-stream"));
  }

  @Test
  void whatIsNotThereIsNotFound() {
    for (String id : List.of("0".repeat(64), "..", "x")) {
      given().get(CHECKPOINTS + "/" + id + "/weights").then().statusCode(404);
    }
  }

  /** As a trainer publishes it. */
  private String checkpoint(Network network) throws IOException {
    MessageCodec codec = new MessageCodec();
    store.ensureBuckets(Buckets.ALL);
    String preparedId = Digests.sha256(UUID.randomUUID().toString().getBytes());
    store.putIfAbsent(
        Buckets.DATASETS,
        Buckets.preparedManifest(preparedId),
        codec.encode(
            new PreparedManifest(
                1,
                preparedId,
                "pets",
                "",
                new ShardPreparation(8, 3, SplitSpec.of(null, null, null, null, null, null), null),
                List.of("cat", "dog"),
                3,
                8,
                8,
                Map.of(),
                RejectedImages.NONE,
                null,
                null)));
    StoredObject weights =
        store.putByContent(
            Buckets.CHECKPOINTS, Buckets::weights, out -> out.write(weights(network)));
    StoredFile file = new StoredFile(weights.key(), weights.sha256(), weights.bytes());
    byte[] manifest =
        codec.encode(
            new CheckpointManifest(
                1,
                UUID.randomUUID(),
                new RunSpec(
                    "logistic-s1",
                    "logistic",
                    new ArchitectureSpec("logistic", Map.of()),
                    1,
                    TrainingSpec.defaults(),
                    new InputSpec(
                        null, TrainCrop.CENTER, new Normalization(List.of(0.5), List.of(0.25)))),
                preparedId,
                null,
                10,
                1,
                null,
                "PyTorch",
                List.of("PyTorch"),
                file,
                file,
                null));
    String id = Digests.sha256(manifest);
    store.putIfAbsent(Buckets.CHECKPOINTS, Buckets.checkpointManifest(id), manifest);
    return id;
  }

  @Test
  void aRunsCheckpointIsGivenAsATorchScriptModel() throws Exception {
    String id = checkpoint(logistic(3, 2));
    Response answer = given().get(CHECKPOINTS + "/" + id + "/weights?format=torchscript");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.header("Content-Disposition")).contains("logistic-s1-", ".pt");
    Map<String, byte[]> entries = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.asByteArray()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    assertThat(new String(entries.get("program/extra/tencrop.json")))
        .contains("\"classes\":[\"cat\",\"dog\"]", "\"inputSize\":[3,8,8]", id);
    assertThat(entries.get("program/data/0")).hasSize(4 * 2 * 192);
    assertThat(new String(entries.get("program/code/__torch__.py"))).contains("[0.5]", "[0.25]");

    given()
        .get(CHECKPOINTS + "/" + id)
        .then()
        .body("architecture", equalTo("logistic"))
        .body("tensors", equalTo(2));
    given()
        .get(CHECKPOINTS + "/" + id + "/weights?format=onnx")
        .then()
        .statusCode(400)
        .body("detail", containsString("must be safetensors or torchscript"));
  }

  @Test
  void uploadedWeightsAreNoModel() throws IOException {
    String id = upload(file("plain.pth"), "").extract().path("id");
    given()
        .get(CHECKPOINTS + "/" + id + "/weights?format=torchscript")
        .then()
        .statusCode(409)
        .body("detail", containsString("were uploaded"));
  }

  @Test
  void experimentsStartFromWeightsThatExistAndFit() throws Exception {
    String id = upload(weights(logistic(3, 10)), "").extract().path("id");
    experiment(3, id).statusCode(200).body("runs[0].initialWeights", equalTo(id));
    experiment(1, id)
        .statusCode(400)
        .body("violations[0].pointer", equalTo("/runs/0/initialWeights"))
        .body("violations[0].detail", containsString("fc.weight is [10, 192]"));
    experiment(3, "f0".repeat(32))
        .statusCode(400)
        .body("violations[0].pointer", equalTo("/runs/0/initialWeights"))
        .body("violations[0].detail", containsString("there is no checkpoint"));
  }

  private static ValidatableResponse experiment(int channels, String initialWeights) {
    return given()
        .contentType("application/yaml")
        .body(
            """
            name: fine-tune
            dataset: pets
            preparation: {resize: 8, channels: %d}
            runs: [{architecture: logistic, initialWeights: %s}]
            """
                .formatted(channels, initialWeights)
                .getBytes(UTF_8))
        .post("/api/v1/experiments?dryRun=true")
        .then();
  }
}
