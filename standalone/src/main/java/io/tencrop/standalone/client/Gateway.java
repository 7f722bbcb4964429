package io.tencrop.standalone.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tencrop.contracts.api.BudgetView;
import io.tencrop.contracts.api.ComparisonView;
import io.tencrop.contracts.api.DatasetRegistration;
import io.tencrop.contracts.api.DatasetView;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentSummary;
import io.tencrop.contracts.api.ExperimentView;
import io.tencrop.contracts.api.Page;
import io.tencrop.contracts.api.PredictionsView;
import io.tencrop.contracts.api.PreparedView;
import io.tencrop.contracts.api.Problem;
import io.tencrop.contracts.api.RunView;
import io.tencrop.contracts.api.UploadView;
import io.tencrop.contracts.api.WeightsView;
import io.tencrop.messaging.MessageCodec;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's HTTP API. Every call throws {@link GatewayException} when the gateway refuses, and
 * {@link GatewayAwayException} when it does not answer.
 */
public final class Gateway {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** The gateway gives up before. */
  private static final Duration PREDICTION_TIMEOUT = Duration.ofSeconds(75);

  private static final String EXPERIMENTS = "/api/v1/experiments";
  private static final String DATASETS = "/api/v1/datasets";
  private static final String UPLOADS = "/api/v1/uploads";
  private static final String CHECKPOINTS = "/api/v1/checkpoints";

  private final URI address;
  private final @Nullable String token;
  private final HttpClient http;
  private final ObjectMapper json = MessageCodec.newMapper();

  /**
   * @param address such as {@code http://127.0.0.1:8080}
   * @param token for a gateway that asks for one
   */
  public Gateway(URI address, @Nullable String token) {
    this.address = address;
    this.token = token;
    this.http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  }

  public URI address() {
    return address;
  }

  /**
   * Creates an experiment.
   *
   * @param contentType {@code application/yaml} or {@code application/json}
   * @param idempotencyKey under which the same request creates nothing twice
   */
  public ExperimentView create(byte[] spec, String contentType, @Nullable String idempotencyKey)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(EXPERIMENTS)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(spec));
    if (idempotencyKey != null) {
      request.header("Idempotency-Key", idempotencyKey);
    }
    return read(send(request), ExperimentView.class);
  }

  public ExperimentView experiment(UUID id) throws IOException, InterruptedException {
    return read(send(request(EXPERIMENTS + "/" + id)), ExperimentView.class);
  }

  /** All experiments, newest first, that have this state and label where they are given. */
  public List<ExperimentSummary> experiments(@Nullable String state, @Nullable String label)
      throws IOException, InterruptedException {
    List<ExperimentSummary> all = new ArrayList<>();
    String cursor = null;
    do {
      Map<String, String> query = new TreeMap<>();
      put(query, "state", state);
      put(query, "label", label);
      put(query, "cursor", cursor);
      query.put("limit", "200");
      Page<ExperimentSummary> page =
          json.readValue(
              send(request(EXPERIMENTS + "?" + encode(query))), new TypeReference<>() {});
      all.addAll(page.items());
      cursor = page.nextCursor();
    } while (cursor != null);
    return all;
  }

  public ExperimentView cancel(UUID id) throws IOException, InterruptedException {
    return read(
        send(request(EXPERIMENTS + "/" + id + "/cancel").POST(BodyPublishers.noBody())),
        ExperimentView.class);
  }

  /** What is known so far; complete when the experiment has ended. */
  public ExperimentResults results(UUID id) throws IOException, InterruptedException {
    return read(send(request(EXPERIMENTS + "/" + id + "/results")), ExperimentResults.class);
  }

  /**
   * What to enter and what to ship.
   *
   * @param limits by the API's names: {@code latencyMs}, {@code memoryMb}, {@code sizeMb}
   */
  public BudgetView budget(UUID id, Map<String, String> limits)
      throws IOException, InterruptedException {
    return read(
        send(request(EXPERIMENTS + "/" + id + "/budget?" + encode(limits))), BudgetView.class);
  }

  /**
   * The report as the gateway gives it.
   *
   * @param format {@code json}, {@code csv} or {@code html}
   */
  public byte[] report(UUID id, String format) throws IOException, InterruptedException {
    return send(request(EXPERIMENTS + "/" + id + "/report?" + encode(Map.of("format", format))));
  }

  /** Experiments beside each other. */
  public ComparisonView compare(List<UUID> ids) throws IOException, InterruptedException {
    return read(comparison(ids, "json"), ComparisonView.class);
  }

  /**
   * A comparison as the gateway gives it.
   *
   * @param format {@code json}, {@code csv} or {@code html}
   */
  public byte[] comparison(List<UUID> ids, String format) throws IOException, InterruptedException {
    String experiments = ids.stream().map(UUID::toString).collect(Collectors.joining(","));
    return send(
        request(
            "/api/v1/comparisons?" + encode(Map.of("experiments", experiments, "format", format))));
  }

  public List<DatasetView> datasets() throws IOException, InterruptedException {
    return json.readValue(send(request(DATASETS)), new TypeReference<>() {});
  }

  public DatasetView dataset(String name) throws IOException, InterruptedException {
    return read(send(request(path(name))), DatasetView.class);
  }

  /** What was prepared of a data set, in full. */
  public PreparedView prepared(String dataset, String id) throws IOException, InterruptedException {
    return read(send(request(path(dataset) + "/prepared/" + id)), PreparedView.class);
  }

  private static String path(String dataset) {
    return DATASETS + "/" + URLEncoder.encode(dataset, StandardCharsets.UTF_8).replace("+", "%20");
  }

  public DatasetView register(DatasetRegistration registration)
      throws IOException, InterruptedException {
    return read(
        send(
            request(DATASETS)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(registration)))),
        DatasetView.class);
  }

  /**
   * Uploads a file for a data set, in pieces.
   *
   * @param progress is told how many bytes have arrived
   * @return with the uri for the data set's source
   */
  public UploadView uploadData(Path file, LongConsumer progress)
      throws IOException, InterruptedException {
    DataUpload.Uploads uploads =
        new DataUpload.Uploads() {
          @Override
          public UploadView begin(long bytes, String metadata)
              throws IOException, InterruptedException {
            return read(
                send(
                    request(UPLOADS)
                        .header("Upload-Length", Long.toString(bytes))
                        .header("Upload-Metadata", metadata)
                        .POST(BodyPublishers.noBody())),
                UploadView.class);
          }

          @Override
          public UploadView find(UploadView upload) throws IOException, InterruptedException {
            return read(send(request(UPLOADS + "/" + upload.id())), UploadView.class);
          }

          @Override
          public void append(UploadView upload, InputStream piece)
              throws IOException, InterruptedException {
            send(
                authorized(
                    HttpRequest.newBuilder(resolve(UPLOADS + "/" + upload.id()))
                        .header("Content-Type", "application/offset+octet-stream")
                        .header("Upload-Offset", Long.toString(upload.offset()))
                        .method("PATCH", BodyPublishers.ofInputStream(() -> piece))));
          }
        };
    return new DataUpload(uploads, progress).send(file);
  }

  public RunView run(UUID id) throws IOException, InterruptedException {
    return read(send(request("/api/v1/runs/" + id)), RunView.class);
  }

  /** What the weights of a checkpoint are. */
  public WeightsView weights(String checkpoint) throws IOException, InterruptedException {
    return read(send(request(CHECKPOINTS + "/" + checkpoint)), WeightsView.class);
  }

  /**
   * Writes the weights of a checkpoint to a file, which is replaced if it is there.
   *
   * @param format {@code safetensors} or {@code torchscript}
   * @throws IOException also when the file cannot be written, or the connection breaks
   */
  public void download(String checkpoint, String format, Path file)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        authorized(
            HttpRequest.newBuilder(
                resolve(
                    CHECKPOINTS
                        + "/"
                        + checkpoint
                        + "/weights?"
                        + encode(Map.of("format", format)))));
    try (InputStream body = stream(request)) {
      Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Uploads weights.
   *
   * @param file safetensors, or a state dict that {@code torch.save} wrote
   * @param about {@code architecture}, {@code input} and the architecture's options; may be empty
   */
  public WeightsView upload(Path file, Map<String, String> about)
      throws IOException, InterruptedException {
    return read(
        send(
            authorized(
                HttpRequest.newBuilder(resolve(CHECKPOINTS + "?" + encode(about)))
                    .header("Content-Type", "application/octet-stream")
                    .POST(BodyPublishers.ofFile(file)))),
        WeightsView.class);
  }

  /**
   * Asks what an image shows.
   *
   * @param image its file
   * @param query who is asked and how: the parameters of {@code POST /api/v1/predictions}
   * @throws IOException also when the file cannot be read
   */
  public PredictionsView predict(Path image, Map<String, String> query)
      throws IOException, InterruptedException {
    return read(
        send(
            authorized(
                HttpRequest.newBuilder(resolve("/api/v1/predictions?" + encode(query)))
                    .timeout(PREDICTION_TIMEOUT)
                    .header("Content-Type", ImageForm.CONTENT_TYPE)
                    .POST(ImageForm.of(image)))),
        PredictionsView.class);
  }

  /**
   * The live events of an experiment, from after {@code lastEventId}. The stream stays open while
   * the experiment goes on.
   */
  InputStream events(UUID id, @Nullable String lastEventId)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        authorized(HttpRequest.newBuilder(resolve(EXPERIMENTS + "/" + id + "/events")))
            .header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    return stream(request);
  }

  private InputStream stream(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<InputStream> response;
    try {
      response = http.send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new GatewayAwayException(address, e);
    }
    if (response.statusCode() != 200) {
      try (InputStream body = response.body()) {
        throw refused(response.statusCode(), body.readAllBytes());
      }
    }
    return response.body();
  }

  private HttpRequest.Builder request(String path) {
    return authorized(HttpRequest.newBuilder(resolve(path)).timeout(TIMEOUT));
  }

  private HttpRequest.Builder authorized(HttpRequest.Builder request) {
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private URI resolve(String path) {
    String base = address.toString();
    return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
  }

  private byte[] send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response;
    try {
      response = http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new GatewayAwayException(address, e);
    }
    if (response.statusCode() / 100 != 2) {
      throw refused(response.statusCode(), response.body());
    }
    return response.body();
  }

  private <T> T read(byte[] body, Class<T> type) throws IOException {
    return json.readValue(body, type);
  }

  private GatewayException refused(int status, byte[] body) {
    try {
      Problem problem = json.readValue(body, Problem.class);
      if (problem != null && problem.title() != null) {
        return new GatewayException(
            new Problem(
                problem.type(),
                problem.title(),
                status,
                problem.detail(),
                problem.instance(),
                problem.violations() == null ? List.of() : problem.violations()));
      }
    } catch (JsonProcessingException e) {
      return unexplained(status, body);
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot fail to be read", e);
    }
    return unexplained(status, body);
  }

  private static GatewayException unexplained(int status, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    return new GatewayException(
        new Problem(
            "about:blank",
            "The gateway answered " + status,
            status,
            text.isEmpty() ? null : text.lines().findFirst().orElse(text),
            null,
            List.of()));
  }

  private static void put(Map<String, String> query, String name, @Nullable String value) {
    if (value != null) {
      query.put(name, value);
    }
  }

  private static String encode(Map<String, String> query) {
    return query.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
