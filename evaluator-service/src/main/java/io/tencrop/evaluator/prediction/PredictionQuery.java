package io.tencrop.evaluator.prediction;

import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.evaluator.prediction.PredictionException.Reason;
import io.tencrop.storage.Digests;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked about images, and how.
 *
 * @param asked a checkpoint or an ensemble
 * @param view absent: the centre; of an ensemble that was not composed in it, its first
 * @param top how many classes are told, the most probable first
 * @param calibrated divide logits by the temperatures fitted on validation
 */
record PredictionQuery(Asked asked, @Nullable ViewSpec view, int top, boolean calibrated) {
  private static final String CHECKPOINT = "checkpoint";
  private static final String EXPERIMENT = "experiment";
  private static final String ENSEMBLE = "ensemble";
  private static final String VIEW = "view";
  private static final String TOP = "top";
  private static final String CALIBRATED = "calibrated";
  private static final Set<String> KNOWN =
      new TreeSet<>(List.of(CHECKPOINT, EXPERIMENT, ENSEMBLE, VIEW, TOP, CALIBRATED));
  private static final String ALL = "all";
  private static final int DEFAULT_TOP = 5;

  /** A checkpoint or an ensemble. */
  sealed interface Asked {}

  /** The network of a checkpoint. */
  record OfCheckpoint(String id) implements Asked {}

  /** An ensemble of an experiment's report. */
  record OfEnsemble(UUID experiment, String name) implements Asked {}

  /**
   * From the parameters of a request.
   *
   * @throws PredictionException when they say nothing that can be done
   */
  static PredictionQuery of(Map<String, List<String>> parameters) throws PredictionException {
    for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
      if (!KNOWN.contains(parameter.getKey())) {
        throw invalid(
            "There is no parameter '%s'. There are %s."
                .formatted(parameter.getKey(), String.join(", ", KNOWN)));
      }
      if (parameter.getValue().size() != 1) {
        throw invalid("The parameter '%s' is there more than once.".formatted(parameter.getKey()));
      }
    }
    return new PredictionQuery(
        asked(
            value(parameters, CHECKPOINT),
            value(parameters, EXPERIMENT),
            value(parameters, ENSEMBLE)),
        view(value(parameters, VIEW)),
        top(value(parameters, TOP)),
        calibrated(value(parameters, CALIBRATED)));
  }

  private static @Nullable String value(Map<String, List<String>> parameters, String name) {
    List<String> values = parameters.get(name);
    return values == null || values.get(0).isBlank() ? null : values.get(0).strip();
  }

  private static Asked asked(
      @Nullable String checkpoint, @Nullable String experiment, @Nullable String ensemble)
      throws PredictionException {
    if (checkpoint != null && experiment == null && ensemble == null) {
      if (!Digests.isSha256(checkpoint)) {
        throw new PredictionException(
            Reason.UNKNOWN,
            "There is no checkpoint %s: an id has 64 hexadecimal digits.".formatted(checkpoint));
      }
      return new OfCheckpoint(checkpoint);
    }
    if (checkpoint == null && experiment != null && ensemble != null) {
      try {
        return new OfEnsemble(UUID.fromString(experiment), ensemble);
      } catch (IllegalArgumentException e) {
        throw new PredictionException(
            Reason.UNKNOWN, "There is no experiment %s.".formatted(experiment), e);
      }
    }
    throw invalid(
        "Say who is asked: ?checkpoint=<id>, or ?experiment=<id>&ensemble=<name of an ensemble in its report>.");
  }

  private static @Nullable ViewSpec view(@Nullable String label) throws PredictionException {
    if (label == null) {
      return null;
    }
    try {
      return new ViewSpec(label);
    } catch (IllegalArgumentException e) {
      throw invalid("The parameter 'view' cannot be read: %s.".formatted(e.getMessage()));
    }
  }

  private static int top(@Nullable String text) throws PredictionException {
    if (text == null) {
      return DEFAULT_TOP;
    }
    if (text.equals(ALL)) {
      return Integer.MAX_VALUE;
    }
    try {
      int top = Integer.parseInt(text);
      if (top >= 1) {
        return top;
      }
    } catch (NumberFormatException e) {
      throw wrongTop(text);
    }
    throw wrongTop(text);
  }

  private static PredictionException wrongTop(String text) {
    return invalid(
        "The parameter 'top' is '%s'; it is how many classes are told, 1 or more, or 'all'."
            .formatted(text));
  }

  private static boolean calibrated(@Nullable String text) throws PredictionException {
    if (text == null) {
      return false;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw invalid("The parameter 'calibrated' is '%s'; it is true or false.".formatted(text));
    };
  }

  private static PredictionException invalid(String message) {
    return new PredictionException(Reason.INVALID, message);
  }
}
