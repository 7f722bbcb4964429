package io.tencrop.standalone.command;

import io.tencrop.contracts.api.ExperimentView;
import io.tencrop.standalone.client.Gateway;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.terminal.Terminal;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "wait",
    description = "Wait until an experiment has ended. Exit code 0: COMPLETED, 1: otherwise.")
final class ExperimentWaitCommand implements Callable<Integer> {
  @Mixin GatewayOption gatewayOption = new GatewayOption();
  @Mixin JsonOption json = new JsonOption();

  @Parameters(paramLabel = "ID", description = "The experiment's id.")
  UUID id = new UUID(0, 0);

  @Option(names = "--follow", description = "Show its progress meanwhile, then the results.")
  boolean follow;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Give up after so long, with exit code 1.")
  @Nullable Long timeout;

  private final Installation installation;
  private final Terminal terminal;

  ExperimentWaitCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    Gateway gateway = gatewayOption.gateway(installation);
    if (follow && !json.wanted) {
      Following following = new Following(gateway, terminal);
      return following.conclude(following.watch(gateway.experiment(id)));
    }
    ExperimentView ended =
        new Waiting(gateway).untilEnded(id, timeout == null ? null : Duration.ofSeconds(timeout));
    terminal.println(json.wanted ? Json.pretty(ended) : ended.state() + ": " + ended.reason());
    return Waiting.exitCode(ended);
  }
}
