package io.tencrop.gateway.spec;

import io.tencrop.vision.recipe.FineTuning;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What patterns of {@code freeze} leave of a network.
 *
 * @param network what it is called
 * @param parameters names of what it trains
 */
public record Freezing(String network, List<String> parameters) {
  private static final int SHOWN = 20;

  public Freezing {
    parameters = List.copyOf(parameters);
  }

  /** What is wrong with the patterns; empty when nothing is. */
  public Optional<String> objection(List<String> patterns) {
    return patterns.stream()
        .flatMap(pattern -> objectionTo(pattern).map(wrong -> "freeze: " + wrong).stream())
        .findFirst()
        .or(() -> objectionToAll(patterns).map(wrong -> "freeze " + wrong));
  }

  /** What is wrong with one pattern by itself. */
  Optional<String> objectionTo(String pattern) {
    if (parameters.stream().anyMatch(freezing(List.of(pattern))::freezes)) {
      return Optional.empty();
    }
    String hint = Spelling.hint(pattern, layers());
    return Optional.of(
        "'%s' matches no parameter of %s%s Its parameters: %s%s"
            .formatted(
                pattern,
                network,
                hint.isEmpty() ? "." : hint,
                String.join(", ", parameters.subList(0, Math.min(SHOWN, parameters.size()))),
                parameters.size() > SHOWN ? ", ..." : ""));
  }

  /** What is wrong with patterns that are each right by themselves. */
  Optional<String> objectionToAll(List<String> patterns) {
    FineTuning fineTuning = freezing(patterns);
    boolean nothingLeft = parameters.stream().allMatch(fineTuning::freezes);
    return nothingLeft
        ? Optional.of(
            "leaves no parameter of %s to train; leave out the pattern that matches the last layer"
                .formatted(network))
        : Optional.empty();
  }

  /** The parameters, and each layer with all that is in it. */
  private Set<String> layers() {
    Set<String> layers = new LinkedHashSet<>(parameters);
    for (String name : parameters) {
      for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
        layers.add(name.substring(0, dot) + ".*");
      }
    }
    return layers;
  }

  private static FineTuning freezing(List<String> patterns) {
    return new FineTuning(patterns, FineTuning.NONE.bodyLearningRateFactor());
  }
}
