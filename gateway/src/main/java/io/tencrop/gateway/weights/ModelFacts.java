package io.tencrop.gateway.weights;

import io.tencrop.contracts.spec.RunSpec;
import java.util.List;
import java.util.UUID;

/**
 * What an exported model carries about itself, as JSON in {@value #FILE} of its extra files.
 *
 * @param checkpoint its id
 * @param run how it was trained, its normalization among that
 * @param dataset that it was trained on
 * @param classes in the order of the logits; with one logit, the two classes that its sign tells
 *     apart
 * @param inputSize {@code [C, H, W]}
 */
record ModelFacts(
    String checkpoint,
    UUID runId,
    RunSpec run,
    String weightsSha256,
    String dataset,
    List<String> classes,
    List<Integer> inputSize) {
  static final String FILE = "tencrop.json";
}
