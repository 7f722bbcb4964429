package io.tencrop.standalone.client;

import com.fasterxml.jackson.core.type.TypeReference;
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
import io.tencrop.contracts.api.RunView;
import io.tencrop.contracts.api.UploadView;
import io.tencrop.contracts.api.WeightsView;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
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
  /** The gateway gives up before. */
  private static final Duration PREDICTION_TIMEOUT = Duration.ofSeconds(75);

  private static final String EXPERIMENTS = "/api/v1/experiments";
  private static final String DATASETS = "/api/v1/datasets";
  private static final String CHECKPOINTS = "/api/v1/checkpoints";

  private final Connection gateway;

  /**
   * @param address such as {@code http://127.0.0.1:8080}
   * @param token for a gateway that asks for one
   */
  public Gateway(URI address, @Nullable String token) {
    this.gateway = new Connection(address, token);
  }

  public URI address() {
    return gateway.address();
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
        gateway
            .request(EXPERIMENTS)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(spec));
    if (idempotencyKey != null) {
      request.header("Idempotency-Key", idempotencyKey);
    }
    return gateway.read(request, ExperimentView.class);
  }

  public ExperimentView experiment(UUID id) throws IOException, InterruptedException {
    return gateway.read(gateway.request(EXPERIMENTS + "/" + id), ExperimentView.class);
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
          gateway.read(
              gateway.request(EXPERIMENTS + "?" + Connection.encode(query)),
              new TypeReference<>() {});
      all.addAll(page.items());
      cursor = page.nextCursor();
    } while (cursor != null);
    return all;
  }

  public ExperimentView cancel(UUID id) throws IOException, InterruptedException {
    return gateway.read(
        gateway.request(EXPERIMENTS + "/" + id + "/cancel").POST(BodyPublishers.noBody()),
        ExperimentView.class);
  }

  /** What is known so far; complete when the experiment has ended. */
  public ExperimentResults results(UUID id) throws IOException, InterruptedException {
    return gateway.read(
        gateway.request(EXPERIMENTS + "/" + id + "/results"), ExperimentResults.class);
  }

  /**
   * What to enter and what to ship.
   *
   * @param limits by the API's names: {@code latencyMs}, {@code memoryMb}, {@code sizeMb}
   */
  public BudgetView budget(UUID id, Map<String, String> limits)
      throws IOException, InterruptedException {
    return gateway.read(
        gateway.request(EXPERIMENTS + "/" + id + "/budget?" + Connection.encode(limits)),
        BudgetView.class);
  }

  /**
   * The report as the gateway gives it.
   *
   * @param format {@code json}, {@code csv} or {@code html}
   */
  public byte[] report(UUID id, String format) throws IOException, InterruptedException {
    return gateway.send(
        gateway.request(
            EXPERIMENTS + "/" + id + "/report?" + Connection.encode(Map.of("format", format))));
  }

  /** Experiments beside each other. */
  public ComparisonView compare(List<UUID> ids) throws IOException, InterruptedException {
    return gateway.read(comparisonOf(ids, "json"), ComparisonView.class);
  }

  /**
   * A comparison as the gateway gives it.
   *
   * @param format {@code json}, {@code csv} or {@code html}
   */
  public byte[] comparison(List<UUID> ids, String format) throws IOException, InterruptedException {
    return gateway.send(comparisonOf(ids, format));
  }

  private HttpRequest.Builder comparisonOf(List<UUID> ids, String format) {
    String experiments = ids.stream().map(UUID::toString).collect(Collectors.joining(","));
    return gateway.request(
        "/api/v1/comparisons?"
            + Connection.encode(Map.of("experiments", experiments, "format", format)));
  }

  public List<DatasetView> datasets() throws IOException, InterruptedException {
    return gateway.read(gateway.request(DATASETS), new TypeReference<>() {});
  }

  public DatasetView dataset(String name) throws IOException, InterruptedException {
    return gateway.read(gateway.request(path(name)), DatasetView.class);
  }

  /** What was prepared of a data set, in full. */
  public PreparedView prepared(String dataset, String id) throws IOException, InterruptedException {
    return gateway.read(gateway.request(path(dataset) + "/prepared/" + id), PreparedView.class);
  }

  private static String path(String dataset) {
    return DATASETS + "/" + URLEncoder.encode(dataset, StandardCharsets.UTF_8).replace("+", "%20");
  }

  public DatasetView register(DatasetRegistration registration)
      throws IOException, InterruptedException {
    return gateway.read(
        gateway
            .request(DATASETS)
            .header("Content-Type", "application/json")
            .POST(gateway.json(registration)),
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
    return new DataUpload(new HttpUploads(gateway), progress).send(file);
  }

  public RunView run(UUID id) throws IOException, InterruptedException {
    return gateway.read(gateway.request("/api/v1/runs/" + id), RunView.class);
  }

  /** What the weights of a checkpoint are. */
  public WeightsView weights(String checkpoint) throws IOException, InterruptedException {
    return gateway.read(gateway.request(CHECKPOINTS + "/" + checkpoint), WeightsView.class);
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
        gateway.untimed(
            CHECKPOINTS
                + "/"
                + checkpoint
                + "/weights?"
                + Connection.encode(Map.of("format", format)));
    try (InputStream body = gateway.stream(request)) {
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
    return gateway.read(
        gateway
            .untimed(CHECKPOINTS + "?" + Connection.encode(about))
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofFile(file)),
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
    return gateway.read(
        gateway
            .untimed("/api/v1/predictions?" + Connection.encode(query))
            .timeout(PREDICTION_TIMEOUT)
            .header("Content-Type", ImageForm.CONTENT_TYPE)
            .POST(ImageForm.of(image)),
        PredictionsView.class);
  }

  /**
   * The live events of an experiment, from after {@code lastEventId}. The stream stays open while
   * the experiment goes on.
   */
  InputStream events(UUID id, @Nullable String lastEventId)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        gateway.untimed(EXPERIMENTS + "/" + id + "/events").header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    return gateway.stream(request);
  }

  private static void put(Map<String, String> query, String name, @Nullable String value) {
    if (value != null) {
      query.put(name, value);
    }
  }
}
