package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several models that answer together.
 *
 * @param name absent: made from the other fields
 * @param members {@code all}, or names of runs or of run groups
 * @param fusion how the members' answers become one
 * @param weights for {@link Fusion#WEIGHTED}: one per entry of {@code members}, which holds for
 *     each run of that entry; with one entry also one per run
 * @param select absent: all members take part
 * @param size for {@link Selection#GREEDY}: how many picks, with replacement; in each bag
 * @param checkpoints which of each member's checkpoints take part
 * @param lastEpochs for {@link Checkpoints#EPOCHS}: only so many epochs, the last ones; absent: all
 * @param greedy for {@link Selection#GREEDY}: how it is kept from overfitting; absent: {@link
 *     GreedySpec#PLAIN}
 */
public record EnsembleSpec(
    @Nullable String name,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> members,
    Fusion fusion,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Nullable List<Double> weights,
    @Nullable Selection select,
    @Nullable Integer size,
    Checkpoints checkpoints,
    @Nullable Integer lastEpochs,
    @Nullable GreedySpec greedy) {

  /** The {@code members} that stand for every run. */
  public static final String ALL = "all";

  public EnsembleSpec(
      @Nullable String name,
      @Nullable List<String> members,
      @Nullable Fusion fusion,
      @Nullable List<Double> weights,
      @Nullable Selection select,
      @Nullable Integer size,
      @Nullable Checkpoints checkpoints,
      @Nullable Integer lastEpochs,
      @Nullable GreedySpec greedy) {
    this.name = name;
    this.members = members == null ? List.of(ALL) : List.copyOf(members);
    this.fusion = fusion == null ? Fusion.MEAN : fusion;
    this.weights = weights == null ? null : List.copyOf(weights);
    this.select = select;
    this.size = size;
    this.checkpoints = checkpoints == null ? Checkpoints.CHOSEN : checkpoints;
    this.lastEpochs = lastEpochs;
    this.greedy = greedy;
  }

  /** How the members' answers become one. */
  public enum Fusion {
    /** The mean of the class probabilities. */
    @JsonProperty("mean")
    MEAN,
    /** The weighted mean of the class probabilities. */
    @JsonProperty("weighted")
    WEIGHTED,
    /** The same with the weights that make the validation images' classes most likely. */
    @JsonProperty("fitted")
    FITTED,
    /** The softmax of the mean of the logits. */
    @JsonProperty("meanOfLogits")
    MEAN_OF_LOGITS,
    /** Each member's first class counts one. */
    @JsonProperty("vote")
    VOTE
  }

  /** How members are chosen: on validation, never on test. */
  public enum Selection {
    /** Forward selection with replacement (Caruana et al. 2004). */
    @JsonProperty("greedy")
    GREEDY
  }

  /** Which checkpoints of a run take part. */
  public enum Checkpoints {
    /** The one that stands for the run. */
    @JsonProperty("chosen")
    CHOSEN,
    /** The one at the end of each epoch (snapshot ensembles, Huang et al. 2017). */
    @JsonProperty("epochs")
    EPOCHS,
    /** The average of its weights, see {@link SwaSpec}. */
    @JsonProperty("swa")
    SWA
  }
}
