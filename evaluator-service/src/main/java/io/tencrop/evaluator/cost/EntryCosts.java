package io.tencrop.evaluator.cost;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.Cost;
import io.tencrop.contracts.api.Cost.Device;
import io.tencrop.contracts.api.Cost.Latency;
import io.tencrop.contracts.api.Cost.Throughput;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Ensemble;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.evaluator.ensemble.Entry;
import io.tencrop.evaluator.inference.Views;
import io.tencrop.vision.evaluation.Indistinct;
import io.tencrop.vision.evaluation.Predictions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the entries of a report cost: an ensemble as much as its different members together. */
public final class EntryCosts {
  private final CostMeter meter;

  EntryCosts(CostMeter meter) {
    this.meter = meter;
  }

  /**
   * The costs of all entries, in their order.
   *
   * @param report that they belong to
   */
  public List<Cost> of(ComposeReport request, ExperimentResults report, List<Entry> entries)
      throws IOException, InterruptedException {
    Map<ViewSpec, Map<Member, NetworkCost>> known = new HashMap<>();
    List<List<Integer>> alike = alike(entries);
    List<Cost> costs = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      Map<Member, NetworkCost> ofView = known.get(entry.view());
      if (ofView == null) {
        ofView = meter.costs(request.members(), request.dataset(), entry.view());
        known.put(entry.view(), ofView);
      }
      List<NetworkCost> members = new ArrayList<>();
      for (String name : members(entry, report.ensembles())) {
        members.add(Objects.requireNonNull(ofView.get(member(name, request.members()))));
      }
      int crops =
          Views.crops(entry.view(), request.members().get(0).run().input(), request.dataset())
              .size();
      costs.add(sum(entry, crops, members, alike.get(i)));
    }
    return costs;
  }

  /** Without validation images nothing is told apart from anything, and nothing can be chosen. */
  private static List<List<Integer>> alike(List<Entry> entries) {
    List<Predictions> validation = new ArrayList<>();
    for (Entry entry : entries) {
      Predictions predictions = entry.validation();
      if (predictions != null) {
        validation.add(predictions);
      }
    }
    return validation.size() == entries.size()
        ? Indistinct.of(validation)
        : entries.stream().map(entry -> List.<Integer>of()).toList();
  }

  /** The names of its networks, each once. */
  private static Collection<String> members(Entry entry, List<Ensemble> ensembles) {
    if (!entry.ensemble()) {
      return List.of(entry.name());
    }
    return ensembles.stream()
        .filter(
            ensemble ->
                ensemble.name().equals(entry.name())
                    && ensemble.view().equals(entry.view())
                    && ensemble.split() == SplitName.TEST)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no ensemble '%s'".formatted(entry.name())))
        .members()
        .stream()
        .distinct()
        .toList();
  }

  /** Checkpoints of a run are called after it: the run's name alone, or with more words. */
  private static Member member(String name, List<Member> members) {
    return members.stream()
        .filter(member -> (name + " ").startsWith(member.run().name() + " "))
        .max(Comparator.comparingInt(member -> member.run().name().length()))
        .orElseThrow(() -> new IllegalStateException("'%s' is of no run".formatted(name)));
  }

  /** Members answer one after another, and all stay loaded. */
  private static Cost sum(Entry entry, int crops, List<NetworkCost> members, List<Integer> alike) {
    long weights = members.stream().mapToLong(NetworkCost::weightBytes).sum();
    long activations = members.stream().mapToLong(NetworkCost::activationBytes).max().orElse(0);
    double secondsPerImage =
        members.stream().mapToDouble(cost -> 1 / cost.throughput().imagesPerSecond()).sum();
    return new Cost(
        entry.name(),
        entry.ensemble(),
        entry.view(),
        members.size(),
        crops,
        members.stream().mapToLong(NetworkCost::parameters).sum(),
        members.stream().mapToLong(NetworkCost::bytes).sum(),
        members.stream().mapToLong(NetworkCost::flops).sum(),
        weights + activations,
        new Latency(
            members.stream().mapToDouble(cost -> cost.latency().p50Ms()).sum(),
            members.stream().mapToDouble(cost -> cost.latency().p99Ms()).sum(),
            members.stream().mapToInt(cost -> cost.latency().calls()).min().orElse(0)),
        new Throughput(
            1 / secondsPerImage,
            members.get(0).throughput().batch(),
            members.stream().mapToInt(cost -> cost.throughput().calls()).min().orElse(0)),
        members.stream()
            .map(NetworkCost::device)
            .max(Comparator.comparingInt(Device::threads))
            .orElseThrow(),
        alike);
  }
}
