package io.tencrop.evaluator.bank;

import io.tencrop.contracts.api.ExperimentResults.Model;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.event.EvaluationRequest.ComposeReport;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.contracts.spec.EnsembleSpec.Checkpoints;
import io.tencrop.contracts.spec.KeepLogits;
import io.tencrop.evaluator.results.SharedWeights;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Removes the bank's entries that an experiment's plan does not keep. Entries of checkpoints that
 * another experiment has results of stay: they are shared.
 */
public final class Retention {
  private static final Logger LOG = Logger.getLogger(Retention.class);

  private final LogitStore bank;
  private final SharedWeights shared;

  Retention(LogitStore bank, SharedWeights shared) {
    this.bank = bank;
    this.shared = shared;
  }

  /**
   * To be called when the report is kept.
   *
   * @param models the results of the experiment's checkpoints
   */
  public void apply(ComposeReport request, List<Model> models) throws IOException {
    if (request.plan().keepLogits() == KeepLogits.ALL) {
      return;
    }
    Set<String> kept = new HashSet<>();
    request.members().forEach(member -> kept.addAll(needed(request, member)));
    Set<String> others =
        models.stream()
            .map(model -> model.checkpoint().weightsSha256())
            .filter(weights -> !kept.contains(weights))
            .collect(Collectors.toSet());
    kept.addAll(shared.ofOtherExperiments(request.experimentId(), others));
    int removed = 0;
    for (Model model : models) {
      String weights = model.checkpoint().weightsSha256();
      // What a run without a member saw is not known here.
      for (Member member : request.members()) {
        if (member.runId().equals(model.runId()) && !kept.contains(weights)) {
          bank.remove(
              BankKey.of(
                  weights,
                  request.dataset().id(),
                  member.run().input(),
                  model.split(),
                  model.view()));
          removed++;
        }
      }
    }
    LOG.infof(
        "Removed %d entries of the bank that experiment %s does not keep",
        removed, request.experimentId());
  }

  /** The weights of a run that results or ensembles are made of. */
  private static Set<String> needed(ComposeReport request, Member member) {
    Set<String> needed = new HashSet<>();
    needed.add(member.checkpoint().weightsSha256());
    CheckpointRef swa = member.swa();
    if (swa != null) {
      needed.add(swa.weightsSha256());
    }
    if (request.plan().ensembles().stream()
        .anyMatch(ensemble -> ensemble.checkpoints() == Checkpoints.EPOCHS)) {
      member.epochs().forEach(epoch -> needed.add(epoch.weightsSha256()));
    }
    return needed;
  }
}
