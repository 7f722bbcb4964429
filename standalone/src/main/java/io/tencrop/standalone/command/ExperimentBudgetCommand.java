package io.tencrop.standalone.command;

import io.tencrop.contracts.api.BudgetView;
import io.tencrop.standalone.ExitCode;
import io.tencrop.standalone.client.Gateway;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.terminal.Terminal;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "budget",
    description = {
      "Tell what to enter and what to ship: accuracy and cost of each run and",
      "ensemble, what is worth its cost, and the choice within the limits."
    })
final class ExperimentBudgetCommand implements Callable<Integer> {
  @Mixin GatewayOption gatewayOption = new GatewayOption();
  @Mixin JsonOption json = new JsonOption();

  @Parameters(paramLabel = "ID", description = "The experiment's id.")
  UUID id = new UUID(0, 0);

  @Option(
      names = "--latency-ms",
      paramLabel = "MS",
      description = "Most milliseconds for an image that comes alone (median).")
  @Nullable Double latencyMs;

  @Option(
      names = "--memory-mb",
      paramLabel = "MB",
      description = "Most memory for weights and activations, in 10^6 bytes.")
  @Nullable Double memoryMb;

  @Option(
      names = "--size-mb",
      paramLabel = "MB",
      description = "Largest weights files together, in 10^6 bytes.")
  @Nullable Double sizeMb;

  private final Installation installation;
  private final Terminal terminal;

  ExperimentBudgetCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    Map<String, String> limits = new TreeMap<>();
    put(limits, "latencyMs", latencyMs);
    put(limits, "memoryMb", memoryMb);
    put(limits, "sizeMb", sizeMb);
    Gateway gateway = gatewayOption.gateway(installation);
    BudgetView budget = gateway.budget(id, limits);
    if (json.wanted) {
      terminal.println(Json.pretty(budget));
    } else {
      new BudgetTables(terminal).print(budget);
    }
    return ExitCode.OK;
  }

  private static void put(Map<String, String> limits, String name, @Nullable Double value) {
    if (value != null) {
      limits.put(name, value.toString());
    }
  }
}
