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
 * @param notes what is out of the ordinary about the data, then what the plan asked for and could
 *     not be had, and why; for a person
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
    List<String> notes) {

  /**
   * How good predictions are over a split.
   *
   * @param accuracy share right, in [0, 1]
   * @param loss mean negative log-likelihood of the right class, in nats
   * @param images how many
   * @param confusion {@code [true class][predicted class]} counts
   */
  public record Measures(double accuracy, double loss, int images, List<List<Integer>> confusion) {}

  /**
   * One checkpoint over one split in one view. With several crops the class probabilities are
   * averaged.
   *
   * @param representative it stands for its run in groups and ensembles
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
      Measures measures) {}

  /**
   * The runs of a group over their seeds.
   *
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
   * @param members names of runs; with selection as often as they were picked
   * @param weights of the members; absent unless the fusion is weighted
   * @param selected members were chosen on validation
   */
  public record Ensemble(
      String name,
      List<String> members,
      @Nullable List<Double> weights,
      Fusion fusion,
      boolean selected,
      SplitName split,
      ViewSpec view,
      Measures measures) {}
}
