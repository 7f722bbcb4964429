package io.tencrop.evaluator.ensemble;

import io.tencrop.contracts.api.ModelNames;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.event.EvaluationRequest.Member;
import io.tencrop.contracts.spec.EnsembleSpec;
import io.tencrop.contracts.spec.EnsembleSpec.Checkpoints;
import java.util.ArrayList;
import java.util.List;

/**
 * A checkpoint that may be a member of ensembles.
 *
 * @param as what it is of its run; one that stands for its run may also be the end of an epoch
 */
public record Candidate(Member member, CheckpointRef checkpoint, Checkpoints as) {

  /**
   * The candidates of a plan: what stands for the runs, the averages, and those epochs that any of
   * the ensembles wants.
   */
  public static List<Candidate> of(List<Member> members, List<EnsembleSpec> ensembles) {
    List<Candidate> candidates = new ArrayList<>();
    for (Member member : members) {
      candidates.add(new Candidate(member, member.checkpoint(), Checkpoints.CHOSEN));
    }
    for (Member member : members) {
      CheckpointRef swa = member.swa();
      if (swa != null) {
        candidates.add(new Candidate(member, swa, Checkpoints.SWA));
      }
    }
    for (Member member : members) {
      for (CheckpointRef epoch : member.epochs()) {
        Candidate candidate = new Candidate(member, epoch, Checkpoints.EPOCHS);
        if (ensembles.stream().anyMatch(candidate::isNamedBy)) {
          candidates.add(candidate);
        }
      }
    }
    return candidates;
  }

  private boolean isNamedBy(EnsembleSpec ensemble) {
    return isWantedBy(ensemble)
        && ensemble.members().stream().anyMatch(entry -> isRun(entry) || isOfGroup(entry));
  }

  /** Whether the ensemble, if it names the run, means this checkpoint of it. */
  boolean isWantedBy(EnsembleSpec ensemble) {
    Integer last = ensemble.lastEpochs();
    if (as != ensemble.checkpoints()) {
      return false;
    }
    return as != Checkpoints.EPOCHS
        || last == null
        || member.epochs().indexOf(checkpoint) >= member.epochs().size() - last;
  }

  /** Whether an ensemble's entry is the name of its run. */
  boolean isRun(String entry) {
    return member.run().name().equals(entry);
  }

  /** Whether an ensemble's entry is its group, or {@code all}. */
  boolean isOfGroup(String entry) {
    return entry.equals(EnsembleSpec.ALL) || member.run().group().equals(entry);
  }

  public String name() {
    return ModelNames.of(member.run().name(), checkpoint, as == Checkpoints.CHOSEN);
  }

  /** The group that it is counted in. */
  public String group() {
    return ModelNames.ofGroup(member.run().group(), checkpoint);
  }
}
