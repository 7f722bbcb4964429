package io.tencrop.standalone.command;

import io.tencrop.standalone.ExitCode;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.terminal.Terminal;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "report",
    description = "Write the report of an experiment: JSON, CSV, or one HTML page with charts.")
final class ExperimentReportCommand implements Callable<Integer> {
  @Mixin GatewayOption gatewayOption = new GatewayOption();
  @Mixin OutputFile out = new OutputFile();

  @Parameters(paramLabel = "ID", description = "The experiment's id.")
  UUID id = new UUID(0, 0);

  @Option(names = "--format", description = "json, csv or html (default: ${DEFAULT-VALUE}).")
  String format = "json";

  private final Installation installation;
  private final Terminal terminal;

  ExperimentReportCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    out.write(gatewayOption.gateway(installation).report(id, format), terminal);
    return ExitCode.OK;
  }
}
