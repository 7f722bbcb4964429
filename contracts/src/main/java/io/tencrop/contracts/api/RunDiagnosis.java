package io.tencrop.contracts.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.spec.ViewSpec;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why a run's loss and accuracy came out as they did, from its curves and from what two of its
 * checkpoints answered for the validation images.
 *
 * @param run its name
 * @param first the earliest checkpoint that was evaluated; absent when there is only one
 * @param checkpoint the one that stands for the run
 * @param verdict what matters most
 * @param findings what else holds, in the order of its weight
 * @param guessingLoss of answering every image with the shares of the classes, in nats: ln(classes)
 *     when all are equally frequent
 * @param change from the first checkpoint to the other; absent when there is only one
 * @param marginsBefore at the first checkpoint; absent when there is only one
 * @param margins at the checkpoint that stands for the run
 * @param worst how much of the loss few images hold
 * @param temperature that fits these images best
 * @param lossAtTemperature with the logits divided by it
 * @param overfittingFrom the epoch from which on validation loss rises while training loss falls;
 *     absent when it does not
 * @param gradients how much of the gradient reaches the first layers; absent when it was not
 *     recorded
 */
public record RunDiagnosis(
    UUID runId,
    String run,
    @Nullable CheckpointRef first,
    CheckpointRef checkpoint,
    ViewSpec view,
    Finding verdict,
    List<Finding> findings,
    double guessingLoss,
    @Nullable LossChange change,
    @Nullable Margins marginsBefore,
    Margins margins,
    WorstImages worst,
    double temperature,
    double lossAtTemperature,
    @Nullable Integer overfittingFrom,
    @Nullable GradientFlow gradients) {
  public RunDiagnosis {
    findings = List.copyOf(findings);
  }

  /** What can be the matter, the most serious first. */
  public enum Kind {
    /** The loss stays what guessing costs: nothing is learnt. */
    @JsonProperty("neverStarted")
    NEVER_STARTED,
    /** Every image gets the same answer. */
    @JsonProperty("collapsed")
    COLLAPSED,
    /** The loss falls and the accuracy does not: probabilities move without changing side. */
    @JsonProperty("lossFallsAlone")
    LOSS_FALLS_ALONE,
    /** Training images are learnt, others are not: on validation it is at chance. */
    @JsonProperty("memorizes")
    MEMORIZES,
    /** Validation loss rises while training loss falls. */
    @JsonProperty("overfits")
    OVERFITS,
    /** The loss is that of being sure and wrong; the best temperature takes most of it away. */
    @JsonProperty("confidentlyWrong")
    CONFIDENTLY_WRONG,
    /** Neither on training nor on validation images much better than guessing. */
    @JsonProperty("classesIntermixed")
    CLASSES_INTERMIXED,
    /** Hardly any of the gradient reaches the first layers. */
    @JsonProperty("vanishingGradient")
    VANISHING_GRADIENT,
    /** One image in a hundred holds most of the loss. */
    @JsonProperty("fewImagesCarryTheLoss")
    FEW_IMAGES_CARRY_THE_LOSS,
    /** Loss and accuracy are still improving when the training ends. */
    @JsonProperty("stillImproving")
    STILL_IMPROVING,
    /** It learns, and nothing is out of the ordinary. */
    @JsonProperty("learns")
    LEARNS
  }

  /**
   * Something that holds.
   *
   * @param sentence that says it with its evidence; for a person
   */
  public record Finding(Kind kind, String sentence) {}

  /**
   * Where a change of the mean loss comes from.
   *
   * @param before mean loss at the first checkpoint, in nats
   * @param after mean loss at the other
   * @param standardError of {@code after - before}, as a mean over images
   * @param pValue of McNemar's exact test whether more images turn right than wrong
   */
  public record LossChange(
      double before,
      double after,
      double standardError,
      double accuracyBefore,
      double accuracyAfter,
      double pValue,
      Part staysRight,
      Part staysWrong,
      Part turnsRight,
      Part turnsWrong) {}

  /**
   * Images that were right or wrong before and after.
   *
   * @param images how many
   * @param change what they add to the change of the mean loss; the four parts add up to it
   */
  public record Part(int images, double change) {}

  /**
   * How far images are on the right side: the probability of the right class less that of the best
   * other one, in [-1, 1].
   *
   * @param counts of images in 20 bins of equal width, from -1 to 1
   * @param near share of the images whose margin is within 0.1 of 0
   */
  public record Margins(List<Integer> counts, double near) {
    public Margins {
      counts = List.copyOf(counts);
    }
  }

  /**
   * The one per cent of the images with the highest loss.
   *
   * @param images how many: at least one
   * @param share of the total loss that they hold
   */
  public record WorstImages(int images, double share) {}

  /**
   * Gradients of a layer's weights over these weights' norms, in the last step of an epoch.
   *
   * @param epoch from 1
   * @param firstParameter the weight nearest to the image
   * @param first norm of its gradient over its own norm
   * @param lastParameter the weight nearest to the answer
   * @param last norm of its gradient over its own norm
   */
  public record GradientFlow(
      int epoch, String firstParameter, double first, String lastParameter, double last) {}
}
