package io.tencrop.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.contracts.api.BudgetView;
import io.tencrop.contracts.api.BudgetView.Entry;
import io.tencrop.contracts.api.BudgetView.Limits;
import io.tencrop.contracts.api.BudgetView.Pick;
import io.tencrop.contracts.api.BudgetView.Step;
import io.tencrop.contracts.api.Cost;
import io.tencrop.contracts.api.Cost.Device;
import io.tencrop.contracts.api.Cost.Latency;
import io.tencrop.contracts.api.Cost.Throughput;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.standalone.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BudgetTablesTest {
  private static Entry entry(
      String name, ViewSpec view, double latencyMs, double accuracy, boolean within) {
    Cost cost =
        new Cost(
            name,
            false,
            view,
            1,
            view.crops(),
            61_706,
            250_000,
            850_000,
            12_345_678,
            new Latency(latencyMs, 2 * latencyMs, 500),
            new Throughput(1234.5, 32, 9),
            new Device("CPU", 2, 1, "PyTorch 2.7.1 cpu"),
            List.of());
    return new Entry(cost, accuracy, null, accuracy + 0.01, 0.01, within);
  }

  @Test
  void printsTheChoiceTheFrontsAndTheCosts() {
    List<Step> front = List.of(new Step(1, 0.5, 0.91, 0.9, null), new Step(0, 5, 0.92, 0.91, 4.5));
    BudgetView budget =
        new BudgetView(
            new UUID(1, 2),
            "tiny",
            new Limits(1.0, null, null),
            List.of(
                entry("a-s1", ViewSpec.TEN_CROP, 5, 0.91, false),
                entry("b-s1", ViewSpec.CENTER, 0.5, 0.9, true)),
            new Pick(0, null, 0, 0, "Enter a-s1."),
            new Pick(1, null, 0.01, 0.01, "Ship b-s1."),
            front,
            front,
            front,
            List.of("a note"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new BudgetTables(
            new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), false, false, 200))
        .print(budget);

    assertThat(out.toString(StandardCharsets.UTF_8).lines().toList())
        .startsWith(
            "Enter a-s1.",
            "Ship b-s1.",
            "",
            "Worth its latency",
            "  RUN OR ENSEMBLE  VIEW        MS  VALIDATION     TEST  MS PER POINT",
            "  b-s1             center   0.500     91.00 %  90.00 %             -",
            "  a-s1             tenCrop   5.00     92.00 %  91.00 %          4.50")
        .containsSequence(
            "     RUN OR ENSEMBLE  VIEW        TEST    GAP  P50 MS  P99 MS  IMAGES/S  MEMORY MB  SIZE MB  PARAMETERS  MFLOP",
            "  *  b-s1             center   90.00 %  +1.00   0.500    1.00     1,235       12.3    0.250      61,706  0.850",
            "     a-s1             tenCrop  91.00 %  +1.00    5.00    10.0     1,235       12.3    0.250      61,706  0.850")
        .endsWith(
            "Measured on CPU, 2 processors, 1 thread, PyTorch 2.7.1 cpu; 500 to 500 calls each. *: within the limits. GAP: validation less test, in points.",
            "note: a note");
  }
}
