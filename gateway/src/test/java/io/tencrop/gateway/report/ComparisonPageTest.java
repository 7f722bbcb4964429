package io.tencrop.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.contracts.api.ComparisonView;
import io.tencrop.contracts.api.ComparisonView.Entry;
import io.tencrop.contracts.api.ComparisonView.Experiment;
import io.tencrop.contracts.api.ComparisonView.Pair;
import io.tencrop.contracts.api.Measures.Interval;
import io.tencrop.contracts.spec.ViewSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ComparisonPageTest {
  private static final String EVIL = "<script>alert(1)</script>";

  private static final ComparisonView COMPARED =
      new ComparisonView(
          List.of(
              new Experiment(new UUID(0, 1), EVIL, "digits", "p", 1000),
              new Experiment(new UUID(0, 2), "other", "digits", "p", 1000)),
          List.of(
              new Entry(
                  1,
                  "mean of all",
                  true,
                  ViewSpec.TEN_CROP,
                  0.9,
                  new Interval(0.88, 0.92),
                  0.93,
                  0.03,
                  null),
              new Entry(
                  0,
                  "a, \"b\"",
                  false,
                  ViewSpec.CENTER,
                  0.85,
                  new Interval(0.82, 0.87),
                  null,
                  null,
                  null)),
          List.of(new Pair(0, 1, 0.05, new Interval(0.03, 0.07), 80, 30, 1.5e-6)),
          List.of("a note"));

  @Test
  void entriesStandBesideEachOtherWithPairedTests() throws IOException {
    String html = ComparisonPage.html(COMPARED);
    Files.writeString(Path.of("target", "comparison.html"), html);
    assertThat(html)
        .contains("other: mean of all, tenCrop")
        .contains("<td class=\"number\">+5.00</td>")
        .contains("+3.00 to +7.00")
        .contains("1.50e-06")
        .contains("a note")
        .contains("<svg ")
        .doesNotContain("<script")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt; and other");
  }

  @Test
  void csvHasEntriesThenPairs() {
    assertThat(ComparisonCsv.write(COMPARED).split("\r\n"))
        .satisfiesExactly(
            header -> assertThat(header).startsWith("kind,experiment,").endsWith(",p_value"),
            first ->
                assertThat(first)
                    .isEqualTo(
                        "entry,00000000-0000-0000-0000-000000000002,other,mean of all,tenCrop,0.9,0.88,0.92,0.93,,,,,,,,,,,,"),
            second -> assertThat(second).contains(",\"a, \"\"b\"\"\",center,0.85,"),
            pair ->
                assertThat(pair)
                    .startsWith("pair,00000000-0000-0000-0000-000000000002,other,")
                    .endsWith(",center,0.05,0.03,0.07,80,30,1.5E-6"));
  }
}
