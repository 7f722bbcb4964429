package io.tencrop.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.RunMetrics;
import io.tencrop.contracts.data.MetricPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static RunMetrics curve(String name) {
    return new RunMetrics(
        new UUID(1, 1),
        name,
        IntStream.range(0, 1000)
            .mapToObj(i -> new MetricPoint(i, i / 500.0, 2.0 / (1 + i), 1 - 1.0 / (1 + i)))
            .toList(),
        List.of());
  }

  private static String page(ExperimentResults results) {
    return ReportPage.html(results, List.of(curve("small-s1"), curve("big-s1")));
  }

  @Test
  void hasChartsTablesAndChoicesAndNothingFromOutside() throws IOException {
    String html = page(StoredReport.read());
    Files.writeString(Path.of("target", "report.html"), html);

    assertThat(html)
        .contains("<h1>tiny</h1>")
        .contains("Enter the ensemble &#39;mean of all&#39; in the view tenCrop")
        .contains("2.50 points less than on validation")
        .contains("Ship big-s1")
        .contains("Ensemble &#39;x&#39; is left out")
        .contains("Data set pets: 1,000 train, 200 validation, 200 test images of 36 x 36 x 3");
    // Accuracy with intervals, three fronts, two curves (there are no epochs), reliability.
    assertThat(html.split("<svg ", -1)).hasSize(1 + 1 + 3 + 2 + 1);
    assertThat(html).doesNotContain("NaN").doesNotContain("Infinity").doesNotContain("NOT_FOUND");
    assertThat(
            Pattern.compile("( src=|href|url\\(|@import|<script|<link|https?:)")
                .matcher(html)
                .find())
        .isFalse();
    // A curve of 1,000 points is thinned.
    assertThat(html.length()).isLessThan(120_000);
  }

  @Test
  void saysWhyLossAndAccuracyCameOutAsTheyDid() throws IOException {
    String checkpoint =
        """
        {"id":"%1$s","step":%2$d,"epoch":%2$d,"weightsSha256":"%1$s"}""";
    String digest = "0".repeat(64);
    String diagnosis =
        """
        {"diagnoses":[{"runId":"00000000-0000-0000-0000-000000000001","run":"small-s1","first":%s,"checkpoint":%s,
        "view":"center","verdict":{"kind":"lossFallsAlone","sentence":"The loss falls by 0.2 <nats> & nothing turns."},
        "findings":[{"kind":"stillImproving","sentence":"It was still improving."}],"guessingLoss":0.6931,
        "change":{"before":0.69,"after":0.5,"standardError":0.01,"accuracyBefore":0.5,"accuracyAfter":0.51,"pValue":0.4,
        "staysRight":{"images":1100,"change":-0.15},"staysWrong":{"images":80,"change":-0.04},
        "turnsRight":{"images":7,"change":-0.002},"turnsWrong":{"images":5,"change":0.002}},
        "margins":{"counts":[1],"near":0.2},"worst":{"images":2,"share":0.1},"temperature":1.0,"lossAtTemperature":0.5}],
        """
            .formatted(checkpoint.formatted(digest, 1), checkpoint.formatted(digest, 2));

    String html = page(StoredReport.read(StoredReport.json().replaceFirst("\\{", diagnosis)));
    Files.writeString(Path.of("target", "diagnosis.html"), html);

    assertThat(html)
        .contains("<h2>Diagnosis</h2>")
        .contains(
            "<td class=\"sentences\">The loss falls by 0.2 &lt;nats&gt; &amp; nothing turns.</td>")
        .contains("<td class=\"sentences\">It was still improving.</td>")
        .contains("<td class=\"text\">0.6900 to 0.5000</td>")
        .contains("<td class=\"text\">50.00 % to 51.00 %</td>")
        .contains("<td class=\"number\">1,100 (-0.1500)</td>")
        .contains("<td class=\"number\">5 (+0.0020)</td>");
    assertThat(page(StoredReport.read())).doesNotContain("Diagnosis");
  }

  @Test
  void namesCannotBecomeMarkup() throws IOException {
    String evil = "</title><script>alert(1)</script>\\\" onload='x' {page.title}";
    String json =
        StoredReport.json()
            .replace("\"tiny\"", '"' + evil + '"')
            .replace("mean of all", evil)
            .replace("big-s1", "<img src=x onerror=alert(2)>");
    String html = page(StoredReport.read(json));

    assertThat(html)
        .doesNotContain("<script")
        .doesNotContain("<img")
        .doesNotContain("<owl>")
        .contains("{page.title}")
        .contains("&lt;owl&gt;")
        .contains("&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39;");
  }

  @Test
  void oldReportsAndThoseWithoutRunsHaveAPageToo() throws IOException {
    assertThat(page(StoredReport.read().withCosts(List.of())))
        .contains("No costs are known")
        .contains("mean of all, tenCrop: over the 200 test images");
    String nothing =
        """
        {"experimentId":"00000000-0000-0000-0000-0000000000aa","complete":true,"models":[],
        "groups":[],"ensembles":[],"notes":["No run completed."]}
        """;
    assertThat(ReportPage.html(StoredReport.read(nothing), List.of()))
        .contains("Experiment 00000000")
        .contains("No run completed.");
  }

  @Test
  void manyClassesAreTheirMostConfusedPairs() throws IOException {
    ExperimentResults results = StoredReport.read();
    int classes = 25;
    String names =
        IntStream.range(0, classes)
            .mapToObj(i -> "\"c" + i + '"')
            .collect(java.util.stream.Collectors.joining(","));
    String row = "[" + "1,".repeat(classes - 1) + "7]";
    String json =
        StoredReport.json()
            .replace("[\"cat\",\"dog\",\"<owl>\"]", "[" + names + "]")
            .replaceAll(
                "\"confusion\":\\[\\[[^\\]]*\\],\\[[^\\]]*\\],\\[[^\\]]*\\]\\]",
                "\"confusion\":[" + (row + ",").repeat(classes - 1) + row + "]")
            .replaceAll("\"classes\":\\[\\{[^\\]]*\\]", "\"classes\":[]");
    assertThat(results.dataset().classes()).hasSize(3);
    assertThat(page(StoredReport.read(json)))
        .contains("Classes that are confused most")
        .doesNotContain("Confusion matrix");
  }

  @Test
  void csvHasARowForEachEntrySplitAndView() throws IOException {
    String json = StoredReport.json().replace("mean of all", "a \\\"b\\\", c");
    List<String> lines = List.of(ReportCsv.write(StoredReport.read(json)).split("\r\n"));

    assertThat(lines).hasSize(1 + 8 + 8 + 4);
    assertThat(lines.get(0)).startsWith("kind,name,group,architecture,seed,").endsWith(",flops");
    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(line.replaceAll("\"([^\"]|\"\")*\"", "x").split(",", -1)).hasSize(28));
    assertThat(lines)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("model,small-s1,small,lenet5,1,2,,center,test,200,0.79,")
                    .endsWith(",5,1.0,1.5,2000.0,300000,250000,61706,850000"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith(
                        "ensemble,\"a \"\"b\"\", c\",,,,,small-s1 big-s1,tenCrop,test,200,"));
  }
}
