package io.tencrop.evaluator.bank;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ExperimentResults.Model;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.event.EvaluationRequest.EvaluateCheckpoint;
import io.tencrop.contracts.event.EvaluationRequest.EvaluateSlice;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.evaluator.TinyData;
import io.tencrop.evaluator.inference.EngineNetworks;
import io.tencrop.evaluator.inference.PreparedSplits;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectEntry;
import io.tencrop.storage.ObjectStore;
import io.tencrop.storage.S3Server;
import io.tencrop.vision.evaluation.LogitBank;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations that several replicas share. */
class SlicedEvaluationTest {
  private static final MessageCodec CODEC = new MessageCodec();
  private static final List<ViewSpec> VIEWS =
      List.of(ViewSpec.CENTER, ViewSpec.FLIP, new ViewSpec("topLeft+center@19"));
  private static final int CROPS = 4;
  private static final int VALIDATION = 70;
  private static final int TEST = 150;

  @TempDir static Path directory;
  private static S3Server server;
  private static ObjectStore store;
  private static FreshNetwork network;
  private static CheckpointRef checkpoint;

  private final Counter crops = new SimpleMeterRegistry().counter("crops");

  @BeforeAll
  static void start() throws Exception {
    server = S3Server.start(directory.resolve("s3"));
    store = ObjectStore.connect(server.settings());
    store.ensureBuckets(Buckets.ALL);
    network = new FreshNetwork("lenet5", 9);
    String weights = network.write(store);
    checkpoint = new CheckpointRef(weights, 1, 1, weights);
  }

  @AfterAll
  static void stop() {
    network.close();
    store.close();
    server.close();
  }

  /** A replica of its own, which cuts an evaluation into slices as small as they get. */
  private CheckpointEvaluation replica() throws IOException {
    return replica(1);
  }

  private CheckpointEvaluation replica(long sliceOperations) throws IOException {
    FileCache cache = new FileCache(directory.resolve("cache"), 1 << 30);
    return new CheckpointEvaluation(
        new BankFilling(
            store,
            cache,
            new PreparedSplits(store, cache, CODEC),
            new LogitStore(store, Long.MAX_VALUE),
            new Slicing(sliceOperations, EngineNetworks::operations),
            new EngineNetworks(),
            crops));
  }

  private static EvaluateCheckpoint request(String preparedId, List<ViewSpec> views)
      throws IOException {
    TinyData data = new TinyData(store, CODEC, preparedId, VALIDATION, TEST, FreshNetwork.STORED);
    return new EvaluateCheckpoint(
        UUID.randomUUID(), UUID.randomUUID(), network.run(), data.prepared, checkpoint, views);
  }

  private static List<String> parts(EvaluateCheckpoint request) throws IOException {
    return store.list(Buckets.LOGITS, request.dataset().id() + "/").stream()
        .map(ObjectEntry::key)
        .filter(key -> key.contains("/parts/"))
        .toList();
  }

  private static LogitBank entry(EvaluateCheckpoint request, SplitName split, ViewSpec view)
      throws IOException {
    return new LogitStore(store, Long.MAX_VALUE)
        .find(Wanted.key(request, split, view))
        .orElseThrow();
  }

  @Test
  void slicesByReplicasInAnyOrderGiveWhatOneWouldCompute() throws Exception {
    EvaluateCheckpoint whole = request("whole", VIEWS);
    List<Model> expected = replica(Long.MAX_VALUE).evaluate(whole);
    EvaluateCheckpoint request = request("sliced", VIEWS);
    List<EvaluateSlice> slices = new ArrayList<>(replica().slices(request));
    assertThat(slices).hasSize(2 + 3);
    double before = crops.count();

    // The third is begun by a replica that dies before it can say so, and is delivered again.
    assertThat(replica().evaluate(slices.get(2))).isEmpty();
    assertThat(replica().evaluate(slices.get(2))).isEmpty();
    assertThat(replica().evaluate(slices.get(4))).isEmpty();
    assertThat(replica().evaluate(slices.get(1))).isEmpty();
    // So is the request itself.
    assertThat(replica().slices(request)).isEqualTo(slices);
    assertThat(replica().evaluate(slices.get(0))).isEmpty();
    assertThat(parts(request)).hasSize(4);
    List<Model> models = replica().evaluate(slices.get(3)).orElseThrow();

    assertThat(crops.count() - before).isEqualTo((VALIDATION + TEST) * CROPS);
    assertThat(parts(request)).isEmpty();
    assertThat(models).extracting(Model::measures).isEqualTo(measures(expected));
    for (SplitName split : List.of(SplitName.VALIDATION, SplitName.TEST)) {
      for (ViewSpec view : VIEWS) {
        assertThat(entry(request, split, view).ids()).isEqualTo(entry(whole, split, view).ids());
        assertThat(entry(request, split, view).logits())
            .isEqualTo(entry(whole, split, view).logits());
      }
    }
    // A late duplicate finds the entries, and tells once more.
    before = crops.count();
    assertThat(replica().evaluate(slices.get(1)).orElseThrow())
        .extracting(Model::measures)
        .isEqualTo(measures(expected));
    assertThat(crops.count()).isEqualTo(before);
    assertThat(parts(request)).isEmpty();
    assertThat(replica().slices(request)).isEmpty();
  }

  private static List<Object> measures(List<Model> models) {
    return models.stream().map(model -> (Object) model.measures()).toList();
  }

  @Test
  void replicasThatFinishAtOnceBothSeeTheEnd() throws Exception {
    EvaluateCheckpoint request = request("at-once", VIEWS);
    List<EvaluateSlice> slices = replica().slices(request);
    ExecutorService replicas = Executors.newFixedThreadPool(slices.size());
    try {
      List<Callable<Optional<List<Model>>>> work = new ArrayList<>();
      for (EvaluateSlice slice : slices) {
        CheckpointEvaluation replica = replica();
        work.add(() -> replica.evaluate(slice));
      }
      List<Model> models = null;
      for (Future<Optional<List<Model>>> done : replicas.invokeAll(work)) {
        models = done.get().orElse(models);
      }
      assertThat(models).isNotNull().hasSize(2 * VIEWS.size());
    } finally {
      replicas.shutdownNow();
    }
    assertThat(parts(request)).isEmpty();
    assertThat(entry(request, SplitName.TEST, ViewSpec.FLIP).images()).isEqualTo(TEST);
  }

  @Test
  void onlyWhatIsMissingIsCut() throws Exception {
    replica(Long.MAX_VALUE).evaluate(request("missing", List.of(ViewSpec.FIVE_CROP)));
    EvaluateCheckpoint among = request("missing", List.of(ViewSpec.FIVE_CROP, ViewSpec.CENTER));
    assertThat(replica().slices(among)).isEmpty();
    EvaluateCheckpoint more = request("missing", List.of(ViewSpec.FIVE_CROP, ViewSpec.FLIP));
    assertThat(replica().slices(more))
        .hasSize(5)
        .allMatch(slice -> slice.views().equals(List.of(ViewSpec.FLIP)));
    assertThat(replica(Long.MAX_VALUE).slices(more)).isEmpty();
  }

  @Test
  void aSliceThatCannotBeReadIsComputedAgain() throws Exception {
    EvaluateCheckpoint request = request("broken", List.of(ViewSpec.CENTER));
    List<EvaluateSlice> slices = replica().slices(request);
    for (EvaluateSlice slice : slices.subList(1, slices.size())) {
      assertThat(replica().evaluate(slice)).isEmpty();
    }
    String broken = parts(request).get(0);
    store.delete(Buckets.LOGITS, broken);
    store.putIfAbsent(Buckets.LOGITS, broken, new byte[] {1, 2, 3});

    assertThat(replica().evaluate(slices.get(0))).isPresent();
    assertThat(entry(request, SplitName.TEST, ViewSpec.CENTER).images()).isEqualTo(TEST);
    assertThat(parts(request)).isEmpty();
  }

  @Test
  void largeEntriesAreRoundedAndSayByHowMuch() throws Exception {
    EvaluateCheckpoint request = request("rounded", List.of(ViewSpec.CENTER));
    replica(Long.MAX_VALUE).evaluate(request);
    LogitBank exact = entry(request, SplitName.TEST, ViewSpec.CENTER);
    BankKey key =
        Wanted.key(
            request("rounded-too", List.of(ViewSpec.CENTER)), SplitName.TEST, ViewSpec.CENTER);
    LogitStore rounding = new LogitStore(store, 4L * exact.logits().length - 1);

    LogitBank kept = rounding.put(key, exact);
    LogitBank read = rounding.find(key).orElseThrow();
    assertThat(read.logits()).isEqualTo(kept.logits()).isNotEqualTo(exact.logits());
    assertThat(read.labels()).isEqualTo(exact.labels());
    float largest = 0;
    for (int i = 0; i < exact.logits().length; i++) {
      float error = Math.abs(exact.logits()[i] - read.logits()[i]);
      largest = Math.max(largest, error);
      assertThat(error).isLessThanOrEqualTo(Math.abs(exact.logits()[i]) / 2048);
    }
    String header = new String(store.get(Buckets.LOGITS, key.objectKey()), ISO_8859_1);
    assertThat(header).contains("\"largestRoundingError\":\"" + largest + "\"");
    LogitStore holding = new LogitStore(store, 4L * exact.logits().length);
    holding.remove(key);
    assertThat(holding.put(key, exact).logits()).isEqualTo(exact.logits());
    assertThat(holding.find(key).orElseThrow().logits()).isEqualTo(exact.logits());
  }
}
