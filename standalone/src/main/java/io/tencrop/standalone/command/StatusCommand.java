package io.tencrop.standalone.command;

import io.tencrop.standalone.ExitCode;
import io.tencrop.standalone.platform.DataDirectory;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.platform.PlatformState;
import io.tencrop.standalone.platform.PlatformState.ChildState;
import io.tencrop.standalone.platform.RunningPlatform;
import io.tencrop.standalone.terminal.Table;
import io.tencrop.standalone.terminal.Table.Column;
import io.tencrop.standalone.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "status", description = "Show what runs. Exit code 3: nothing does.")
final class StatusCommand implements Callable<Integer> {
  @Mixin DataOption data = new DataOption();
  @Mixin JsonOption json = new JsonOption();

  private final Installation installation;
  private final Terminal terminal;

  StatusCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    DataDirectory directory = data.directory(installation);
    PlatformState state =
        RunningPlatform.find(directory)
            .orElseThrow(
                () ->
                    CommandException.notRunning(
                        "No platform runs over "
                            + directory.path()
                            + ". Start one with: ./tencrop up"
                            + data.hint()));
    if (json.wanted) {
      terminal.println(Json.pretty(state));
    } else {
      print(state);
    }
    return ExitCode.OK;
  }

  private void print(PlatformState state) {
    terminal.println(state.phase() + "  " + state.gateway());
    Table table =
        new Table(
            Column.text("PART"),
            Column.text("STATE"),
            Column.number("PID"),
            Column.number("PORT"),
            Column.number("RESTARTS"),
            Column.text("LOG"));
    for (ChildState child : state.children()) {
      table.row(
          child.name(),
          describe(child),
          Long.toString(child.process().pid()),
          Integer.toString(child.port()),
          Integer.toString(child.restarts()),
          child.log());
    }
    table.lines().forEach(terminal::println);
  }

  private static String describe(ChildState child) {
    if (!child.process().isAlive()) {
      return "ended";
    }
    return child.ready() ? "ready" : "starting";
  }
}
