package io.tencrop.vision.diagnosis;

import io.tencrop.vision.evaluation.LogitBank;
import io.tencrop.vision.evaluation.Predictions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run.
 *
 * @param straight the network is a single linear layer
 * @param curve its epochs; may be empty
 * @param epoch the checkpoint's
 * @param first what its earliest checkpoint answered for the validation images; absent when there
 *     is only one
 * @param answers what the checkpoint that stands for it answered for the same images
 * @param classNames by label
 * @param gradients absent when they were not recorded
 */
public record RunFacts(
    boolean straight,
    Curve curve,
    int epoch,
    @Nullable Predictions first,
    LogitBank answers,
    List<String> classNames,
    @Nullable GradientFlow gradients) {
  public RunFacts {
    classNames = List.copyOf(classNames);
  }
}
