package io.tencrop.standalone.command;

import io.tencrop.contracts.api.ExperimentSummary;
import io.tencrop.standalone.ExitCode;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.terminal.Table;
import io.tencrop.standalone.terminal.Table.Column;
import io.tencrop.standalone.terminal.Terminal;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List experiments, newest first.")
final class ExperimentListCommand implements Callable<Integer> {
  @Mixin GatewayOption gatewayOption = new GatewayOption();
  @Mixin JsonOption json = new JsonOption();

  @Option(names = "--state", paramLabel = "STATE", description = "Only those in this state.")
  @Nullable String state;

  @Option(names = "--label", paramLabel = "LABEL", description = "Only those with this label.")
  @Nullable String label;

  private final Installation installation;
  private final Terminal terminal;

  ExperimentListCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    List<ExperimentSummary> all = gatewayOption.gateway(installation).experiments(state, label);
    if (json.wanted) {
      terminal.println(Json.pretty(all));
      return ExitCode.OK;
    }
    Table table =
        new Table(
            Column.text("ID"),
            Column.text("NAME"),
            Column.text("STATE"),
            Column.number("DONE"),
            Column.number("RUNS"),
            Column.text("CREATED"));
    for (ExperimentSummary experiment : all) {
      table.row(
          experiment.id().toString(),
          experiment.name(),
          experiment.state().name(),
          "%d%%".formatted((int) (100 * experiment.progress())),
          Integer.toString(experiment.runs()),
          experiment.createdAt().truncatedTo(ChronoUnit.SECONDS).toString());
    }
    table.lines().forEach(terminal::println);
    return ExitCode.OK;
  }
}
