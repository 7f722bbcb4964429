package io.tencrop.standalone.command;

import io.tencrop.standalone.ExitCode;
import io.tencrop.standalone.client.Gateway;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "compare",
    description = {
      "Compare experiments: their best runs and ensembles beside each other, with",
      "paired tests where they were tested on the same images."
    })
final class ExperimentCompareCommand implements Callable<Integer> {
  @Mixin GatewayOption gatewayOption = new GatewayOption();
  @Mixin OutputFile out = new OutputFile();

  @Parameters(arity = "2..*", paramLabel = "ID", description = "The experiments' ids.")
  List<UUID> ids = new ArrayList<>();

  @Option(
      names = "--format",
      description = "json, csv, or html: one page with charts (default: tables to read here).")
  @Nullable String format;

  private final Installation installation;
  private final Terminal terminal;

  ExperimentCompareCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    if (format == null && out.file != null) {
      throw CommandException.usage("--out needs a --format: json, csv or html");
    }
    Gateway gateway = gatewayOption.gateway(installation);
    if (format == null) {
      new ComparisonTables(terminal).print(gateway.compare(ids));
    } else {
      out.write(gateway.comparison(ids, format), terminal);
    }
    return ExitCode.OK;
  }
}
