package io.tencrop.standalone.command;

import io.tencrop.contracts.api.ExperimentView;
import io.tencrop.standalone.ExitCode;
import io.tencrop.standalone.client.Gateway;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.terminal.Terminal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "create", description = "Create an experiment; prints its id.")
final class ExperimentCreateCommand implements Callable<Integer> {
  @Mixin GatewayOption gatewayOption = new GatewayOption();
  @Mixin JsonOption json = new JsonOption();

  @Parameters(
      paramLabel = "FILE",
      description = "The experiment, YAML or JSON; - reads standard input.")
  Path file = Path.of("-");

  @Option(
      names = "--follow",
      description = "Show its progress until it has ended, then the results.")
  boolean follow;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "The same file under the same key creates nothing twice.")
  @Nullable String idempotencyKey;

  private final Installation installation;
  private final Terminal terminal;

  ExperimentCreateCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    SpecFile spec = SpecFile.read(file);
    Gateway gateway = gatewayOption.gateway(installation);
    ExperimentView created = gateway.create(spec.bytes(), spec.contentType(), idempotencyKey);
    if (json.wanted) {
      ExperimentView shown = follow ? new Waiting(gateway).untilEnded(created.id(), null) : created;
      terminal.println(Json.pretty(shown));
      return follow ? Waiting.exitCode(shown) : ExitCode.OK;
    }
    terminal.println(created.id().toString());
    if (!follow) {
      return ExitCode.OK;
    }
    Following following = new Following(gateway, terminal);
    return following.conclude(following.watch(created));
  }
}
