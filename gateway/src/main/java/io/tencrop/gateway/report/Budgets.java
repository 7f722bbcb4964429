package io.tencrop.gateway.report;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.BudgetView;
import io.tencrop.contracts.api.BudgetView.Entry;
import io.tencrop.contracts.api.BudgetView.Limits;
import io.tencrop.contracts.api.BudgetView.Pick;
import io.tencrop.contracts.api.BudgetView.Step;
import io.tencrop.contracts.api.Cost;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.Measures;
import io.tencrop.vision.evaluation.Candidate;
import io.tencrop.vision.evaluation.ParetoFront;
import io.tencrop.vision.evaluation.Picks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What to enter and what to ship, of an experiment's results. */
public final class Budgets {
  private static final double MEGA = 1e6;

  private Budgets() {}

  /** The budget report; without costs in the results it is empty, and says so. */
  public static BudgetView of(ExperimentResults results, Limits limits) {
    List<Entry> entries = new ArrayList<>();
    List<Candidate> candidates = new ArrayList<>();
    Candidate.Limits bounds =
        new Candidate.Limits(limits.latencyMs(), bytes(limits.memoryMb()), bytes(limits.sizeMb()));
    EntryMeasures measures = new EntryMeasures(results);
    for (Cost cost : results.costs()) {
      Measures test = measures.of(cost, SplitName.TEST).orElseThrow();
      Double validation =
          measures.of(cost, SplitName.VALIDATION).map(Measures::accuracy).orElse(null);
      Candidate candidate = candidate(entries.size(), cost, validation);
      entries.add(
          new Entry(
              cost,
              test.accuracy(),
              test.accuracyInterval(),
              validation,
              validation == null ? null : validation - test.accuracy(),
              candidate.within(bounds)));
      if (validation != null) {
        candidates.add(candidate);
      }
    }
    Picks picks = Picks.of(candidates, bounds);
    return new BudgetView(
        results.experimentId(),
        results.name(),
        limits,
        entries,
        entered(entries, picks),
        shipped(entries, picks, !limits.equals(Limits.NONE)),
        front(entries, candidates, Candidate::latencyMs, 1),
        front(entries, candidates, Candidate::memoryBytes, MEGA),
        front(entries, candidates, Candidate::sizeBytes, MEGA),
        notes(entries, candidates, picks));
  }

  private static Candidate candidate(int index, Cost cost, @Nullable Double validation) {
    return new Candidate(
        index,
        validation == null ? 0 : validation,
        cost.latency().p50Ms(),
        cost.memoryBytes(),
        cost.bytes(),
        new HashSet<>(cost.alike()));
  }

  private static @Nullable Double bytes(@Nullable Double megabytes) {
    return megabytes == null ? null : MEGA * megabytes;
  }

  private static @Nullable Pick entered(List<Entry> entries, Picks picks) {
    Candidate enter = picks.enter();
    return enter == null
        ? null
        : new Pick(enter.index(), null, 0, 0, Words.enter(entries.get(enter.index())));
  }

  private static @Nullable Pick shipped(List<Entry> entries, Picks picks, boolean limited) {
    Candidate ship = picks.ship();
    Candidate best = picks.best();
    Candidate enter = picks.enter();
    if (ship == null || best == null || enter == null) {
      return null;
    }
    Entry entry = entries.get(ship.index());
    Entry entered = entries.get(enter.index());
    Integer insteadOf = best.accuracy() > ship.accuracy() ? best.index() : null;
    return new Pick(
        ship.index(),
        insteadOf,
        entered.accuracy() - entry.accuracy(),
        enter.accuracy() - ship.accuracy(),
        Words.ship(
            entry,
            insteadOf == null ? null : entries.get(insteadOf),
            ship.index() == enter.index() ? null : entered,
            limited));
  }

  private static List<Step> front(
      List<Entry> entries,
      List<Candidate> candidates,
      ToDoubleFunction<Candidate> cost,
      double unit) {
    return ParetoFront.of(
            candidates, candidate -> cost.applyAsDouble(candidate) / unit, Candidate::accuracy)
        .stream()
        .map(
            step ->
                new Step(
                    step.candidate().index(),
                    step.cost(),
                    step.accuracy(),
                    entries.get(step.candidate().index()).accuracy(),
                    step.pricePerPoint()))
        .toList();
  }

  private static List<String> notes(List<Entry> entries, List<Candidate> candidates, Picks picks) {
    if (entries.isEmpty()) {
      return List.of(
          "No costs are known: no run completed, or the report was composed before costs were measured. Submit the experiment again to have them; what was trained and prepared is found.");
    }
    if (candidates.isEmpty()) {
      return List.of(
          "Nothing is chosen: choices are made on validation images, and there are none. Give preparation.split a validation share.");
    }
    if (picks.ship() == null) {
      return List.of(
          "Nothing is within the limits. The fastest takes %s, the one of the least memory %s, the smallest %s."
              .formatted(
                  Words.milliseconds(least(candidates, Candidate::latencyMs)),
                  Words.megabytes(least(candidates, Candidate::memoryBytes)),
                  Words.megabytes(least(candidates, Candidate::sizeBytes))));
    }
    return List.of();
  }

  private static double least(List<Candidate> candidates, ToDoubleFunction<Candidate> cost) {
    return candidates.stream().mapToDouble(cost).min().orElseThrow();
  }
}
