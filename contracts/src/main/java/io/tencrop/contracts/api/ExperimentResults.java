package io.tencrop.contracts.api;

import io.tencrop.contracts.SplitName;
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
   * How good predictions are over a split.
   *
   * @param accuracy share right, in [0, 1]
   * @param loss mean negative log-likelihood of the right class, in nats
   * @param images how many
   * @param confusion {@code [true class][predicted class]} counts
   * @param accuracyInterval the bootstrap's 95 % percentile interval
   * @param top5 share of the images whose class is among the five most probable; absent with five
   *     classes or fewer
   * @param auc area under the receiver operating characteristic; absent unless there are two
   *     classes with images of both
   * @param classes of each class, in order
   * @param calibration whether predictions are right as often as they claim
   */
  public record Measures(
      double accuracy,
      double loss,
      int images,
      List<List<Integer>> confusion,
      @Nullable Interval accuracyInterval,
      @Nullable Double top5,
      @Nullable Double auc,
      @Nullable List<ClassMeasures> classes,
      @Nullable Calibration calibration) {}

  /** Where a figure may lie, given the images it was measured on: 95 %. */
  public record Interval(double low, double high) {}

  /**
   * How well one class is told from the others.
   *
   * @param images of the class
   */
  public record ClassMeasures(double precision, double recall, double f1, int images) {}

  /**
   * Whether predictions are right as often as they claim (Guo et al. 2017).
   *
   * @param expectedError ECE, over 15 bins of equal width
   * @param maximumError MCE
   * @param bins of like confidence
   * @param temperature that makes the validation images' classes most likely; absent for ensembles
   *     and without validation images
   * @param lossAtTemperature with the logits divided by it
   * @param expectedErrorAtTemperature with the logits divided by it
   */
  public record Calibration(
      double expectedError,
      double maximumError,
      List<Bin> bins,
      @Nullable Double temperature,
      @Nullable Double lossAtTemperature,
      @Nullable Double expectedErrorAtTemperature) {}

  /**
   * Predictions of like confidence.
   *
   * @param to upper bound of the confidence, inclusive
   * @param images how many
   * @param confidence mean; 0 without images
   * @param accuracy share right; 0 without images
   */
  public record Bin(double to, int images, double confidence, double accuracy) {}

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
   * What a run or an ensemble takes to answer for one image in one view, on the device where it was
   * measured. The members of an ensemble answer one after another, so their times add up.
   *
   * @param name of the run or the ensemble
   * @param members how many different networks it has
   * @param crops of each image
   * @param parameters of all members
   * @param bytes of the members' weights files
   * @param flops of one image with all its crops; a multiply-accumulate is two
   * @param memoryBytes weights of all members, and the most that the activations of one image with
   *     all its crops take at a time. Computed from the network: without the engine's own and the
   *     scratch memory of its operations
   * @param latency of an image that comes alone
   * @param throughput of images that come in batches
   * @param alike places in the list of those that cannot be told apart from it on the validation
   *     images (McNemar's exact test, p of at least 0.05), its own not among them
   */
  public record Cost(
      String name,
      boolean ensemble,
      ViewSpec view,
      int members,
      int crops,
      long parameters,
      long bytes,
      long flops,
      long memoryBytes,
      Latency latency,
      Throughput throughput,
      Device device,
      List<Integer> alike) {
    public Cost {
      alike = List.copyOf(alike);
    }
  }

  /**
   * From the stored pixels of an image to its logits.
   *
   * @param p50Ms the median, in milliseconds; of an ensemble the sum of its members'
   * @param p99Ms the 99th percentile, in milliseconds; of an ensemble the sum of its members'
   * @param calls how many were timed; of an ensemble the fewest of a member
   */
  public record Latency(double p50Ms, double p99Ms, int calls) {}

  /**
   * How many images are answered for in a time.
   *
   * @param batch images of a call
   * @param calls how many were timed; of an ensemble the fewest of a member
   */
  public record Throughput(double imagesPerSecond, int batch, int calls) {}

  /**
   * Where something was measured.
   *
   * @param processor as the system calls it
   * @param processors how many logical ones the process may use
   * @param threads of one operation; of an ensemble the most of a member
   * @param engine such as {@code PyTorch 2.7.1 cpu}
   */
  public record Device(String processor, int processors, int threads, String engine) {}

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
