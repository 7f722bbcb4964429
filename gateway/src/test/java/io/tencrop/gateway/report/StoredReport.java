package io.tencrop.gateway.report;

import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A report as the evaluator tells it: two runs and an ensemble in two views, three classes. */
public final class StoredReport {
  private StoredReport() {}

  /** The JSON. */
  public static String json() throws IOException {
    try (InputStream in = StoredReport.class.getResourceAsStream("/report/report.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static ExperimentResults read() throws IOException {
    return read(json());
  }

  static ExperimentResults read(String json) throws IOException {
    try {
      return new MessageCodec()
          .decode(json.getBytes(StandardCharsets.UTF_8), ExperimentResults.class);
    } catch (MessageFormatException e) {
      throw new IOException(e);
    }
  }
}
