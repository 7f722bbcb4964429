package io.tencrop.contracts.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.spec.EnsembleSpec.Fusion;
import io.tencrop.contracts.spec.ViewSpec;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint or an ensemble says about images.
 *
 * @param experimentId of the ensemble; absent when a checkpoint was asked
 * @param ensemble its name; absent when a checkpoint was asked
 * @param fusion of the members' answers; absent when a checkpoint was asked
 * @param view that the networks saw the images in
 * @param calibrated members' logits were divided by their temperatures, where they have one
 * @param members that answered, each once
 * @param predictions one per image, in the order in which they came
 * @param latencyMs how long it took
 */
public record PredictionsView(
    @Nullable UUID experimentId,
    @Nullable String ensemble,
    @Nullable Fusion fusion,
    ViewSpec view,
    boolean calibrated,
    List<Member> members,
    List<Prediction> predictions,
    Latency latencyMs) {

  /**
   * A model that answered.
   *
   * @param name in rankings and ensembles; of a checkpoint that was asked alone, after its run
   * @param weight its share in the answer; all sum to 1
   * @param temperature that its logits were divided by; absent: 1
   * @param warm the network was in memory
   */
  public record Member(
      String name,
      UUID runId,
      String architecture,
      CheckpointRef checkpoint,
      double weight,
      @Nullable Double temperature,
      boolean warm) {}

  /**
   * About one image.
   *
   * @param image name of the file, where it was told
   * @param height of the image as it came, in pixels
   * @param width of the image as it came, in pixels
   * @param predicted the class that it is said to be
   * @param probabilities the class that is predicted first, then by probability
   */
  public record Prediction(
      String image,
      int height,
      int width,
      String predicted,
      List<ClassProbability> probabilities) {}

  /**
   * How probable a class is.
   *
   * @param className its name
   * @param label its place among the classes, from 0
   */
  public record ClassProbability(
      @JsonProperty("class") String className, int label, double probability) {}

  /**
   * Milliseconds from the request's arrival at the evaluator service.
   *
   * @param queue waited for requests that came before
   * @param images decoding and preparing
   * @param load bringing networks into memory; 0 when all were there
   * @param network computing, over all members and views
   * @param total until the answer was there
   */
  public record Latency(double queue, double images, double load, double network, double total) {}
}
