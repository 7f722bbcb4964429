package io.tencrop.standalone.command;

import io.tencrop.contracts.api.DatasetView;
import io.tencrop.standalone.ExitCode;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.terminal.Table;
import io.tencrop.standalone.terminal.Table.Column;
import io.tencrop.standalone.terminal.Terminal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List the registered data sets.")
final class DatasetListCommand implements Callable<Integer> {
  @Mixin GatewayOption gatewayOption = new GatewayOption();
  @Mixin JsonOption json = new JsonOption();

  private final Installation installation;
  private final Terminal terminal;

  DatasetListCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    List<DatasetView> all = gatewayOption.gateway(installation).datasets();
    if (json.wanted) {
      terminal.println(Json.pretty(all));
      return ExitCode.OK;
    }
    Table table =
        new Table(
            Column.text("NAME"),
            Column.text("TYPE"),
            Column.number("PREPARED"),
            Column.text("LICENCE"),
            Column.text("SOURCE"));
    for (DatasetView dataset : all) {
      table.row(
          dataset.name(),
          dataset.source().type().name().toLowerCase(Locale.ROOT).replace('_', '-'),
          Integer.toString(dataset.prepared().size()),
          Objects.requireNonNullElse(dataset.licence(), "-"),
          dataset.source().uri());
    }
    table.lines().forEach(terminal::println);
    return ExitCode.OK;
  }
}
