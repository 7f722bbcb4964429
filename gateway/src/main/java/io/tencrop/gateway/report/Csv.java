package io.tencrop.gateway.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.util.List;

/** Writes comma-separated values, RFC 4180. */
final class Csv {
  private static final CsvMapper MAPPER =
      CsvMapper.builder().enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING).build();

  private Csv() {}

  /** A header, then the rows; {@code null} is empty. */
  static String write(List<String> columns, List<? extends List<?>> rows) {
    CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true).setLineSeparator("\r\n");
    columns.forEach(schema::addColumn);
    ObjectWriter writer = MAPPER.writer(schema.build());
    try {
      return writer.writeValueAsString(rows);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("values in memory cannot fail to be written", e);
    }
  }
}
