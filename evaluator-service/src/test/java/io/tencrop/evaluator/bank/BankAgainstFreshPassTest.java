package io.tencrop.evaluator.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.event.EvaluationRequest.EvaluateCheckpoint;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.contracts.spec.EnsembleSpec;
import io.tencrop.contracts.spec.EnsembleSpec.Fusion;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.evaluator.TinyData;
import io.tencrop.evaluator.ensemble.BankedMembers;
import io.tencrop.evaluator.ensemble.Candidate;
import io.tencrop.evaluator.ensemble.EnsembleComposer;
import io.tencrop.evaluator.ensemble.Entry;
import io.tencrop.evaluator.inference.EngineNetworks;
import io.tencrop.evaluator.inference.PreparedSplits;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectStore;
import io.tencrop.storage.S3Server;
import io.tencrop.vision.evaluation.LogitBank;
import io.tencrop.vision.evaluation.Members;
import io.tencrop.vision.evaluation.Predictions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the bank answers, in each view and fusion, is what the networks answer when they are asked
 * anew: cropped by other code, in batches of other images, and fused by the definition.
 */
class BankAgainstFreshPassTest {
  private static final double EXACT = 1e-5;

  private static final List<ViewSpec> VIEWS =
      List.of(
          ViewSpec.CENTER,
          ViewSpec.FLIP,
          ViewSpec.FIVE_CROP,
          ViewSpec.TEN_CROP,
          new ViewSpec("topLeft+bottomLeftMirrored+centerMirrored"),
          new ViewSpec("tenCrop@26"),
          new ViewSpec("center@16+center@19"),
          new ViewSpec("fiveCrop+flip@17+topRightMirrored@30"));
  private static final List<Double> WEIGHTS = List.of(3.0, 1.0, 0.5);

  private static final MessageCodec CODEC = new MessageCodec();
  private static final List<FreshNetwork> NETWORKS = new ArrayList<>();
  private static final List<Member> MEMBERS = new ArrayList<>();

  @TempDir static Path directory;
  private static S3Server server;
  private static ObjectStore store;
  private static LogitStore bank;

  /** Each view was asked for alone, so none was taken from another's logits. */
  private static TinyData alone;

  /** All views were asked for at once. */
  private static TinyData together;

  @BeforeAll
  static void fillTheBank() throws Exception {
    server = S3Server.start(directory.resolve("s3"));
    store = ObjectStore.connect(server.settings());
    store.ensureBuckets(Buckets.ALL);
    bank = new LogitStore(store, Long.MAX_VALUE);
    alone = new TinyData(store, CODEC, "alone", 40, 70, FreshNetwork.STORED);
    together = new TinyData(store, CODEC, "together", 40, 70, FreshNetwork.STORED);
    FileCache cache = new FileCache(directory.resolve("cache"), 1 << 30);
    CheckpointEvaluation evaluation =
        new CheckpointEvaluation(
            new BankFilling(
                store,
                cache,
                new PreparedSplits(store, cache, CODEC),
                bank,
                new Slicing(Long.MAX_VALUE, EngineNetworks::operations),
                new EngineNetworks(),
                new SimpleMeterRegistry().counter("crops")));
    for (String architecture : List.of("lenet5", "lenet5", "shallow")) {
      FreshNetwork network = new FreshNetwork(architecture, NETWORKS.size() + 1);
      NETWORKS.add(network);
      String weights = network.write(store);
      Member member =
          new Member(
              UUID.randomUUID(),
              network.run(),
              new CheckpointRef(weights, 1, 1, weights),
              List.of(),
              null,
              List.of());
      MEMBERS.add(member);
      for (ViewSpec view : VIEWS) {
        evaluation.evaluate(request(member, alone, List.of(view)));
      }
      evaluation.evaluate(request(member, together, VIEWS));
    }
  }

  @AfterAll
  static void stop() {
    NETWORKS.forEach(FreshNetwork::close);
    store.close();
    server.close();
  }

  private static EvaluateCheckpoint request(Member member, TinyData data, List<ViewSpec> views) {
    return new EvaluateCheckpoint(
        UUID.randomUUID(), member.runId(), member.run(), data.prepared, member.checkpoint(), views);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void logitsAreThoseOfAFreshPass(boolean eachAlone) throws Exception {
    TinyData data = eachAlone ? alone : together;
    for (SplitName split : data.images.keySet()) {
      for (int m = 0; m < MEMBERS.size(); m++) {
        Member member = MEMBERS.get(m);
        for (ViewSpec view : VIEWS) {
          BankKey key =
              BankKey.of(
                  member.checkpoint().weightsSha256(),
                  data.prepared.id(),
                  member.run().input(),
                  split,
                  view);
          LogitBank entry = bank.find(key).orElseThrow();
          float[][][] fresh = NETWORKS.get(m).logits(data.images.get(split), view);
          assertThat(entry.views()).isEqualTo(fresh.length).isEqualTo(view.crops());
          for (int i = 0; i < entry.images(); i++) {
            assertThat(entry.ids()[i]).isEqualTo(data.images.get(split).get(i).id());
            for (int v = 0; v < fresh.length; v++) {
              for (int c = 0; c < TinyData.CLASSES; c++) {
                assertThat((double) entry.logits()[(i * fresh.length + v) * TinyData.CLASSES + c])
                    .as("%s, image %d, crop %d, class %d", key, i, v, c)
                    .isEqualTo(fresh[v][i][c], offset(EXACT));
              }
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Fusion.class)
  void ensemblesAreThoseOfAFreshPass(Fusion fusion) throws Exception {
    EnsembleSpec spec =
        new EnsembleSpec(
            "together",
            null,
            fusion,
            fusion == Fusion.WEIGHTED ? WEIGHTS : null,
            null,
            null,
            null,
            null,
            null);
    for (ViewSpec view : VIEWS) {
      List<Candidate> candidates = Candidate.of(MEMBERS, List.of(spec));
      Map<SplitName, Members> answers =
          new BankedMembers(bank).read(together.prepared, candidates, view);
      List<Entry> tested = new ArrayList<>();
      List<String> notes = new ArrayList<>();
      EnsembleComposer composer =
          new EnsembleComposer(candidates, view, answers, tested::add, notes::add);
      List<Double> weights =
          Objects.requireNonNullElse(
              composer.compose(spec).get(0).weights(), List.of(1.0, 1.0, 1.0));
      assertThat(notes).isEmpty();
      if (fusion == Fusion.FITTED) {
        requireBest(weights, probabilities(SplitName.VALIDATION, view));
      }
      double[][][] members = probabilities(SplitName.TEST, view);
      Predictions answered = tested.get(0).predictions();
      for (int i = 0; i < answered.images(); i++) {
        double[] fused =
            switch (fusion) {
              case MEAN, WEIGHTED, FITTED -> mean(members, weights, i);
              case MEAN_OF_LOGITS -> meanOfLogits(members, i);
              case VOTE -> shares(members, i);
            };
        for (int c = 0; c < TinyData.CLASSES; c++) {
          assertThat(answered.probability(i, c))
              .as("%s in view %s, image %d, class %d", fusion, view, i, c)
              .isEqualTo(fused[c], offset(EXACT));
        }
        assertThat(answered.predicted(i))
            .as("%s in view %s, image %d", fusion, view, i)
            .isEqualTo(fusion == Fusion.VOTE ? winner(members, i) : argmax(fused));
      }
    }
  }

  /** {@code [member][image][class]}: softmax of each crop, then the mean over the crops. */
  private static double[][][] probabilities(SplitName split, ViewSpec view) {
    List<TinyData.Image> images = together.images.get(split);
    double[][][] all = new double[NETWORKS.size()][images.size()][TinyData.CLASSES];
    for (int m = 0; m < all.length; m++) {
      float[][][] logits = NETWORKS.get(m).logits(images, view);
      for (float[][] crop : logits) {
        for (int i = 0; i < crop.length; i++) {
          double sum = 0;
          for (float logit : crop[i]) {
            sum += Math.exp(logit);
          }
          for (int c = 0; c < TinyData.CLASSES; c++) {
            all[m][i][c] += Math.exp(crop[i][c]) / sum / logits.length;
          }
        }
      }
    }
    return all;
  }

  private static double[] mean(double[][][] members, List<Double> weights, int image) {
    double total = weights.stream().mapToDouble(weight -> weight).sum();
    double[] fused = new double[TinyData.CLASSES];
    for (int m = 0; m < members.length; m++) {
      for (int c = 0; c < fused.length; c++) {
        fused[c] += members[m][image][c] * weights.get(m) / total;
      }
    }
    return fused;
  }

  private static double[] meanOfLogits(double[][][] members, int image) {
    double[] fused = new double[TinyData.CLASSES];
    double sum = 0;
    for (int c = 0; c < fused.length; c++) {
      double product = 1;
      for (double[][] member : members) {
        product *= member[image][c];
      }
      fused[c] = Math.pow(product, 1.0 / members.length);
      sum += fused[c];
    }
    for (int c = 0; c < fused.length; c++) {
      fused[c] /= sum;
    }
    return fused;
  }

  private static double[] shares(double[][][] members, int image) {
    double[] shares = new double[TinyData.CLASSES];
    for (double[][] member : members) {
      shares[argmax(member[image])] += 1.0 / members.length;
    }
    return shares;
  }

  private static int winner(double[][][] members, int image) {
    double[] shares = shares(members, image);
    double[] mean = mean(members, List.of(1.0, 1.0, 1.0), image);
    int best = 0;
    for (int c = 1; c < shares.length; c++) {
      double ahead = shares[c] - shares[best];
      best = ahead > 0.1 || ahead > -0.1 && mean[c] > mean[best] ? c : best;
    }
    return best;
  }

  private static int argmax(double[] values) {
    int best = 0;
    for (int c = 1; c < values.length; c++) {
      best = values[c] > values[best] ? c : best;
    }
    return best;
  }

  /** No weights on a grid over the simplex make the right classes of the images more likely. */
  private static void requireBest(List<Double> weights, double[][][] members) {
    double fitted = likelihood(weights, members);
    int steps = 40;
    for (int first = 0; first <= steps; first++) {
      for (int second = 0; second <= steps - first; second++) {
        List<Double> other =
            List.of((double) first, (double) second, (double) steps - first - second);
        assertThat(likelihood(other, members)).isLessThan(fitted + 1e-6);
      }
    }
  }

  private static double likelihood(List<Double> weights, double[][][] members) {
    List<TinyData.Image> images = together.images.get(SplitName.VALIDATION);
    double sum = 0;
    for (int i = 0; i < images.size(); i++) {
      sum += Math.log(mean(members, weights, i)[images.get(i).label()]) / images.size();
    }
    return sum;
  }
}
