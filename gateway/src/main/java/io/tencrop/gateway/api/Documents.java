package io.tencrop.gateway.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Answers that people keep as files. */
final class Documents {
  /** A page asks nothing of anybody, and is nothing but itself to the browser. */
  private static final String ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

  private Documents() {}

  /**
   * The answer: a page is shown, anything else offered as a file.
   *
   * @param name of the file, without its ending
   */
  static Response answer(Object body, AnswerFormat format, String name) {
    boolean shown = format == AnswerFormat.HTML;
    Response.ResponseBuilder answer =
        Response.ok(body, format.mediaType())
            .header(
                HttpHeaders.CONTENT_DISPOSITION,
                "%s; filename=\"%s.%s\""
                    .formatted(shown ? "inline" : "attachment", name, format.label()));
    if (shown) {
      answer.header("Content-Security-Policy", ALONE);
    }
    return answer.build();
  }
}
