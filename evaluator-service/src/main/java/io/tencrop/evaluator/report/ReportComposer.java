package io.tencrop.evaluator.report;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Ensemble;
import io.tencrop.contracts.api.ExperimentResults.Group;
import io.tencrop.contracts.api.ExperimentResults.Model;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.contracts.spec.EnsembleSpec;
import io.tencrop.contracts.spec.EnsembleSpec.Checkpoints;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.evaluator.ensemble.BankedMembers;
import io.tencrop.evaluator.ensemble.Candidate;
import io.tencrop.evaluator.ensemble.EnsembleComposer;
import io.tencrop.evaluator.ensemble.Entry;
import io.tencrop.evaluator.report.Entries.Compared;
import io.tencrop.vision.evaluation.Measures;
import io.tencrop.vision.evaluation.Members;
import io.tencrop.vision.evaluation.Spread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Composes an experiment's report from the logit bank: no network is asked. */
final class ReportComposer {
  private final BankedMembers bank;

  ReportComposer(BankedMembers bank) {
    this.bank = bank;
  }

  /**
   * The report.
   *
   * @param models the results of the experiment's checkpoints
   * @param entries told of what is in the report, runs and ensembles in each view
   * @throws io.tencrop.messaging.PermanentFailureException when the bank lacks what it needs
   */
  ExperimentResults compose(ComposeReport request, List<Model> models, Consumer<Entry> entries)
      throws IOException {
    List<Group> groups = new ArrayList<>();
    List<Entry> tested = new ArrayList<>();
    Set<String> notes = new LinkedHashSet<>(request.dataset().notes());
    Map<EnsembleSpec, List<Ensemble>> ensembles = new LinkedHashMap<>();
    request.plan().ensembles().forEach(spec -> ensembles.put(spec, new ArrayList<>()));
    if (request.members().isEmpty()) {
      notes.add("No run completed, so there are no groups and no ensembles.");
    } else {
      List<Candidate> candidates = Candidate.of(request.members(), request.plan().ensembles());
      for (ViewSpec view : new TreeSet<>(request.plan().views())) {
        Map<SplitName, Members> answers = bank.read(request.dataset(), candidates, view);
        answers.forEach(
            (split, members) -> groups.addAll(groups(candidates, split, view, members)));
        EnsembleComposer composer =
            new EnsembleComposer(candidates, view, answers, tested::add, notes::add);
        addModels(candidates, view, answers, tested);
        ensembles.forEach((spec, composed) -> composed.addAll(composer.compose(spec)));
      }
    }
    notes.addAll(AverageNotes.of(request));
    tested.forEach(entries);
    Compared compared = Entries.compare(tested);
    if (compared.leftOut() > 0) {
      notes.add(
          "Compared with each other are the %d entries with the highest accuracy on validation; %d more are left out of the ranking."
              .formatted(compared.ranking().size(), compared.leftOut()));
    }
    return new ExperimentResults(
        request.experimentId(),
        request.name(),
        request.datasetName(),
        request.dataset(),
        true,
        inOrder(request.members(), models),
        groups,
        ensembles.values().stream().flatMap(List::stream).toList(),
        compared.ranking(),
        compared.comparisons(),
        List.copyOf(notes),
        List.of(),
        List.of(),
        List.of());
  }

  /** What is ranked beside the ensembles: all but single epochs. */
  private static boolean isRanked(Candidate candidate) {
    return candidate.as() != Checkpoints.EPOCHS;
  }

  private static void addModels(
      List<Candidate> candidates,
      ViewSpec view,
      Map<SplitName, Members> answers,
      List<Entry> tested) {
    Members test = answers.get(SplitName.TEST);
    Members validation = answers.get(SplitName.VALIDATION);
    for (int i = 0; test != null && i < candidates.size(); i++) {
      if (isRanked(candidates.get(i))) {
        tested.add(
            new Entry(
                candidates.get(i).name(),
                false,
                view,
                test.member(i),
                validation == null ? null : Measures.of(validation.member(i)).accuracy(),
                validation == null ? null : validation.member(i)));
      }
    }
  }

  private static List<Group> groups(
      List<Candidate> candidates, SplitName split, ViewSpec view, Members answers) {
    Map<String, List<Integer>> byGroup = new LinkedHashMap<>();
    for (int i = 0; i < candidates.size(); i++) {
      if (isRanked(candidates.get(i))) {
        byGroup.computeIfAbsent(candidates.get(i).group(), g -> new ArrayList<>()).add(i);
      }
    }
    List<Group> groups = new ArrayList<>();
    byGroup.forEach(
        (group, indices) -> {
          List<Measures> measures =
              indices.stream().map(i -> Measures.of(answers.member(i))).toList();
          Spread accuracy = Spread.of(measures.stream().mapToDouble(Measures::accuracy).toArray());
          Spread loss = Spread.of(measures.stream().mapToDouble(Measures::loss).toArray());
          groups.add(
              new Group(
                  group,
                  candidates.get(indices.get(0)).member().run().architecture().name(),
                  split,
                  view,
                  accuracy.count(),
                  accuracy.mean(),
                  orNull(accuracy.deviation()),
                  loss.mean(),
                  orNull(loss.deviation())));
        });
    return groups;
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  /** By run as in the spec, then as they came; the members' checkpoints marked as such. */
  private static List<Model> inOrder(List<Member> members, List<Model> models) {
    return models.stream()
        .map(model -> model.withRepresentative(isMember(members, model)))
        .sorted(Comparator.comparingInt(model -> position(members, model)))
        .toList();
  }

  private static boolean isMember(List<Member> members, Model model) {
    return members.stream()
        .anyMatch(
            member ->
                member.runId().equals(model.runId())
                    && member.checkpoint().id().equals(model.checkpoint().id()));
  }

  private static int position(List<Member> members, Model model) {
    return IntStream.range(0, members.size())
        .filter(i -> Objects.equals(members.get(i).runId(), model.runId()))
        .findFirst()
        .orElse(members.size());
  }
}
