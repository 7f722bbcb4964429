package io.tencrop.standalone.command;

import io.tencrop.contracts.api.ExperimentView;
import io.tencrop.standalone.ExitCode;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.terminal.Terminal;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "cancel", description = "Leave off an experiment.")
final class ExperimentCancelCommand implements Callable<Integer> {
  @Mixin GatewayOption gatewayOption = new GatewayOption();
  @Mixin JsonOption json = new JsonOption();

  @Parameters(paramLabel = "ID", description = "The experiment's id.")
  UUID id = new UUID(0, 0);

  private final Installation installation;
  private final Terminal terminal;

  ExperimentCancelCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    ExperimentView cancelled = gatewayOption.gateway(installation).cancel(id);
    terminal.println(
        json.wanted ? Json.pretty(cancelled) : cancelled.state() + ": " + cancelled.reason());
    return ExitCode.OK;
  }
}
