package io.tencrop.standalone.command;

import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentView;
import io.tencrop.standalone.ExitCode;
import io.tencrop.standalone.client.Gateway;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.terminal.Terminal;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show an experiment, its runs, and its results so far.")
final class ExperimentShowCommand implements Callable<Integer> {
  @Mixin GatewayOption gatewayOption = new GatewayOption();
  @Mixin JsonOption json = new JsonOption();

  @Parameters(paramLabel = "ID", description = "The experiment's id.")
  UUID id = new UUID(0, 0);

  private final Installation installation;
  private final Terminal terminal;

  ExperimentShowCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    Gateway gateway = gatewayOption.gateway(installation);
    ExperimentView experiment = gateway.experiment(id);
    if (json.wanted) {
      terminal.println(Json.pretty(experiment));
      return ExitCode.OK;
    }
    terminal.println(experiment.state() + ": " + experiment.reason());
    ExperimentDisplay.lines(terminal, experiment).forEach(terminal::println);
    ExperimentResults results = gateway.results(id);
    if (!results.models().isEmpty()) {
      new ResultTables(terminal).print(results);
    }
    return ExitCode.OK;
  }
}
