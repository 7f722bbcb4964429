package io.tencrop.gateway.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** In what an answer is given where there is a choice. */
enum AnswerFormat {
  JSON(MediaType.APPLICATION_JSON),
  CSV(AnswerFormat.TEXT_CSV),
  HTML(MediaType.TEXT_HTML);

  static final String TEXT_CSV = "text/csv";

  private final MediaType type;

  AnswerFormat(String type) {
    this.type = MediaType.valueOf(type);
  }

  /**
   * The one that was asked for, or JSON.
   *
   * @param format by its name in lower case; stronger than Accept. Absent: Accept says
   * @param choices that there are, JSON among them
   */
  static AnswerFormat of(@Nullable String format, HttpHeaders headers, Set<AnswerFormat> choices) {
    if (format != null) {
      return choices.stream()
          .filter(choice -> choice.label().equals(format))
          .findFirst()
          .orElseThrow(
              () ->
                  ProblemException.invalidParameter(
                      "format", "is '%s'; must be %s.".formatted(format, labels(choices))));
    }
    for (MediaType accepted : headers.getAcceptableMediaTypes()) {
      if (accepted.isWildcardType()) {
        return JSON;
      }
      for (AnswerFormat choice : values()) {
        if (choices.contains(choice) && choice.type.isCompatible(accepted)) {
          return choice;
        }
      }
    }
    return JSON;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** With the encoding, where that is not always the same. */
  MediaType mediaType() {
    return this == JSON ? type : type.withCharset("utf-8");
  }

  private static String labels(Set<AnswerFormat> choices) {
    return choices.stream().sorted().map(AnswerFormat::label).collect(Collectors.joining(" or "));
  }
}
