package io.tencrop.contracts.api;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.Measures.Interval;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.spec.EnsembleSpec.Fusion;
import io.tencrop.contracts.spec.ViewSpec;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment showed: also the content of {@code report.json}.
 *
 * @param complete the report is composed: groups and ensembles are all there
 * @param models one per checkpoint, split and view
 * @param groups mean and deviation over the seeds of a run group
 * @param ranking runs and ensembles in each view by their accuracy on test, the best first
 * @param comparisons of each two entries of the ranking, the better placed first
 * @param notes what is out of the ordinary about the data, then what the plan asked for and could
 *     not be had, and why; for a person
 * @param costs what each run and each ensemble takes to answer, in each view; empty in a report
 *     that was composed before costs were measured
 * @param distillations of each group of students, how much of its teacher's gain it keeps
 * @param diagnoses one per run: why its loss and accuracy came out as they did
 */
public record ExperimentResults(
    UUID experimentId,
    @Nullable String name,
    @Nullable String datasetName,
    @Nullable PreparedDataset dataset,
    boolean complete,
    List<Model> models,
    List<Group> groups,
    List<Ensemble> ensembles,
    List<Ranked> ranking,
    List<Comparison> comparisons,
    List<String> notes,
    List<Cost> costs,
    List<Distillation> distillations,
    List<RunDiagnosis> diagnoses) {

  public ExperimentResults {
    diagnoses = diagnoses == null ? List.of() : List.copyOf(diagnoses);
    ranking = ranking == null ? List.of() : List.copyOf(ranking);
    comparisons = comparisons == null ? List.of() : List.copyOf(comparisons);
    costs = costs == null ? List.of() : List.copyOf(costs);
    distillations = distillations == null ? List.of() : List.copyOf(distillations);
  }

  /** The same with other costs. */
  public ExperimentResults withCosts(List<Cost> others) {
    return new ExperimentResults(
        experimentId,
        name,
        datasetName,
        dataset,
        complete,
        models,
        groups,
        ensembles,
        ranking,
        comparisons,
        notes,
        others,
        distillations,
        diagnoses);
  }

  /** The same with other distillations and notes. */
  public ExperimentResults withDistillations(List<Distillation> others, List<String> otherNotes) {
    return new ExperimentResults(
        experimentId,
        name,
        datasetName,
        dataset,
        complete,
        models,
        groups,
        ensembles,
        ranking,
        comparisons,
        otherNotes,
        costs,
        others,
        diagnoses);
  }

  /** The same with other diagnoses and notes. */
  public ExperimentResults withDiagnoses(List<RunDiagnosis> others, List<String> otherNotes) {
    return new ExperimentResults(
        experimentId,
        name,
        datasetName,
        dataset,
        complete,
        models,
        groups,
        ensembles,
        ranking,
        comparisons,
        otherNotes,
        costs,
        distillations,
        others);
  }

  /**
   * One checkpoint over one split in one view. With several crops the class probabilities are
   * averaged.
   *
   * @param run its run's name
   * @param representative it stands for its run in groups and ensembles
   * @param name what it is called in rankings and ensembles: after its run, where it stands for it;
   *     otherwise {@code <run> epoch <n>}, or {@code <run> swa} for the average of the weights
   */
  public record Model(
      UUID runId,
      String run,
      String group,
      String architecture,
      long seed,
      CheckpointRef checkpoint,
      boolean representative,
      SplitName split,
      ViewSpec view,
      Measures measures,
      String name) {
    public Model {
      // Reports of before do not have it.
      name = name == null ? ModelNames.of(run, checkpoint, representative) : name;
    }

    /** The same, named as what stands for its run or as one of its checkpoints. */
    public Model withRepresentative(boolean standsForRun) {
      return new Model(
          runId,
          run,
          group,
          architecture,
          seed,
          checkpoint,
          standsForRun,
          split,
          view,
          measures,
          ModelNames.of(run, checkpoint, standsForRun));
    }

    /** Whether this is its name; what stands for its run is also called after its epoch. */
    public boolean isCalled(String called) {
      return name.equals(called) || ModelNames.of(run, checkpoint, false).equals(called);
    }
  }

  /**
   * The runs of a group over their seeds; or the averages of their weights, as a group of its own.
   *
   * @param group its name, or {@code <group> swa}
   * @param runs how many
   * @param meanAccuracy over the runs
   * @param deviationAccuracy the sample's standard deviation (n - 1); absent with one run
   */
  public record Group(
      String group,
      String architecture,
      SplitName split,
      ViewSpec view,
      int runs,
      double meanAccuracy,
      @Nullable Double deviationAccuracy,
      double meanLoss,
      @Nullable Double deviationLoss) {}

  /**
   * Several models that answer together.
   *
   * @param members names of models; with selection as often as they were picked
   * @param weights of the members; absent unless the fusion is weighted
   * @param selected members were chosen on validation
   * @param diversity how differently the members err; absent with one member
   */
  public record Ensemble(
      String name,
      List<String> members,
      @Nullable List<Double> weights,
      Fusion fusion,
      boolean selected,
      SplitName split,
      ViewSpec view,
      Measures measures,
      @Nullable Diversity diversity) {}

  /**
   * Means over all pairs of members (Kuncheva and Whitaker 2003).
   *
   * @param disagreement share of the images that just one of a pair has right
   * @param doubleFault share of the images that both have wrong
   */
  public record Diversity(double disagreement, double doubleFault) {}

  /**
   * A run or an ensemble in one view, among the others.
   *
   * @param name of the run or the ensemble
   * @param ensemble whether it is one
   * @param accuracy on test
   * @param accuracyInterval the bootstrap's 95 % percentile interval
   * @param validationAccuracy absent without validation images
   * @param rank 1 more than there are entries that are better beyond chance (McNemar's exact test,
   *     p below 0.05): entries that cannot be told apart may share a rank
   */
  public record Ranked(
      String name,
      boolean ensemble,
      ViewSpec view,
      double accuracy,
      Interval accuracyInterval,
      @Nullable Double validationAccuracy,
      int rank) {}

  /**
   * Two entries of the ranking over the same test images.
   *
   * @param first place in the ranking, from 0
   * @param second place in the ranking, greater than {@code first}
   * @param difference accuracy of the first less that of the second
   * @param differenceInterval the paired bootstrap's 95 % percentile interval
   * @param onlyFirst images that only the first has right
   * @param onlySecond images that only the second has right
   * @param pValue of McNemar's exact test
   */
  public record Comparison(
      int first,
      int second,
      double difference,
      Interval differenceInterval,
      int onlyFirst,
      int onlySecond,
      double pValue) {}

  /**
   * Students of one run group, beside their teacher and its members, over a split in a view.
   *
   * @param group of the students
   * @param students how many completed
   * @param studentAccuracy mean over the students
   * @param teacherExperimentId the experiment that the teacher is from
   * @param teacher name of an ensemble or a run of that experiment
   * @param members how many different models the teacher is made of
   * @param memberAccuracy mean over these, each alone
   * @param keptGain {@code (student - member) / (teacher - member)}; absent unless the teacher is
   *     better than its members
   */
  public record Distillation(
      String group,
      int students,
      double studentAccuracy,
      UUID teacherExperimentId,
      String teacher,
      double teacherAccuracy,
      int members,
      double memberAccuracy,
      @Nullable Double keptGain,
      SplitName split,
      ViewSpec view) {}
}
