package io.tencrop.evaluator.cost;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.Cost.Device;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.evaluator.inference.CropPass;
import io.tencrop.evaluator.inference.Networks;
import io.tencrop.evaluator.inference.PreparedSplits;
import io.tencrop.evaluator.inference.Views;
import io.tencrop.storage.FileCache;
import io.tencrop.storage.ObjectStore;
import io.tencrop.vision.data.ImageSet;
import io.tencrop.vision.network.NetworkSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Measures what networks take to answer, with their own weights and images of their data set. What
 * was measured before is not measured again.
 */
final class CostMeter {
  private static final Logger LOG = Logger.getLogger(CostMeter.class);

  private final ObjectStore store;
  private final FileCache cache;
  private final PreparedSplits splits;
  private final Networks networks;
  private final NetworkCosts known;
  private final CallTimer timer;

  CostMeter(
      ObjectStore store,
      FileCache cache,
      PreparedSplits splits,
      Networks networks,
      NetworkCosts known,
      CallTimer timer) {
    this.store = store;
    this.cache = cache;
    this.splits = splits;
    this.networks = networks;
    this.known = known;
    this.timer = timer;
  }

  /**
   * The costs of members in a view, by member.
   *
   * @throws InterruptedException when this replica stops
   */
  Map<Member, NetworkCost> costs(List<Member> members, PreparedDataset dataset, ViewSpec view)
      throws IOException, InterruptedException {
    Map<String, NetworkCost> byId = new HashMap<>();
    Map<Member, NetworkCost> costs = new HashMap<>();
    for (Member member : members) {
      Device device = Devices.here(member.run().training().threads());
      String id = new CostKey(member.run(), dataset, view, device).id();
      NetworkCost cost = byId.get(id);
      if (cost == null) {
        Optional<NetworkCost> found = known.find(id);
        cost =
            found.isPresent()
                ? found.get()
                : known.keep(id, measure(member, dataset, view, device));
        byId.put(id, cost);
      }
      costs.put(member, cost);
    }
    return costs;
  }

  private NetworkCost measure(Member member, PreparedDataset dataset, ViewSpec view, Device device)
      throws IOException, InterruptedException {
    String weights = member.checkpoint().weightsSha256();
    var crops = Views.crops(view, member.run().input(), dataset);
    try (FileCache.Lease file =
            cache.acquire(store, Buckets.CHECKPOINTS, Buckets.weights(weights), weights);
        Networks.Answering network = networks.load(member.run(), dataset, file.path());
        PreparedSplits.OpenSplit open = splits.open(dataset, some(dataset))) {
      ImageSet images = open.images();
      int batch = Math.min(CallTimer.BATCH, images.size());
      NetworkSummary summary = network.summary(crops.size());
      NetworkCost cost =
          new NetworkCost(
              summary.parameters(),
              Files.size(file.path()),
              summary.forwardFlops(),
              summary.parameterBytes() + summary.bufferBytes(),
              summary.liveBytes(),
              timer.latency(() -> CropPass.logits(network, images, 0, 1, crops)),
              timer.throughput(() -> CropPass.logits(network, images, 0, batch, crops), batch),
              device);
      LOG.infof(
          "%s in the view %s takes %.3g ms for an image, %.3g images/s in batches of %d",
          member.run().architecture().name(),
          view.label(),
          cost.latency().p50Ms(),
          cost.throughput().imagesPerSecond(),
          batch);
      return cost;
    }
  }

  private static SplitName some(PreparedDataset dataset) {
    return Stream.of(SplitName.TEST, SplitName.VALIDATION, SplitName.TRAIN)
        .filter(split -> dataset.counts().getOrDefault(split, 0L) > 0)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("an evaluated data set without images"));
  }
}
