package io.tencrop.standalone.command;

import io.tencrop.standalone.ExitCode;
import io.tencrop.standalone.client.GatewayAwayException;
import io.tencrop.standalone.client.GatewayException;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.platform.PlatformException;
import io.tencrop.standalone.terminal.Terminal;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** {@code tencrop}, of which everything else is a part. */
@Command(
    name = "tencrop",
    mixinStandardHelpOptions = true,
    version = "Tencrop 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    description = "An experiment platform for image classifiers, on this machine.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:it failed",
      "2:the command line or the file given is wrong",
      "3:no platform runs, or its gateway does not answer"
    })
public final class RootCommand {
  private RootCommand() {}

  /** Runs what the arguments say and returns the exit code. */
  public static int run(
      Installation installation, Terminal terminal, PrintWriter errors, String... args) {
    CommandLine line = new CommandLine(new RootCommand());
    line.addSubcommand(new UpCommand(installation, terminal));
    line.addSubcommand(new StatusCommand(installation, terminal));
    line.addSubcommand(new DownCommand(installation, terminal));
    line.addSubcommand(new DemoCommand(installation, terminal));
    line.addSubcommand(
        new CommandLine(new ExperimentCommand())
            .addSubcommand(new ExperimentCreateCommand(installation, terminal))
            .addSubcommand(new ExperimentListCommand(installation, terminal))
            .addSubcommand(new ExperimentShowCommand(installation, terminal))
            .addSubcommand(new ExperimentBudgetCommand(installation, terminal))
            .addSubcommand(new ExperimentReportCommand(installation, terminal))
            .addSubcommand(new ExperimentCompareCommand(installation, terminal))
            .addSubcommand(new ExperimentWaitCommand(installation, terminal))
            .addSubcommand(new ExperimentCancelCommand(installation, terminal)));
    line.addSubcommand(
        new CommandLine(new DatasetCommand())
            .addSubcommand(new DatasetListCommand(installation, terminal))
            .addSubcommand(new DatasetShowCommand(installation, terminal))
            .addSubcommand(new DatasetAddCommand(installation, terminal)));
    line.addSubcommand(
        new CommandLine(new WeightsCommand())
            .addSubcommand(new WeightsExportCommand(installation, terminal))
            .addSubcommand(new WeightsImportCommand(installation, terminal)));
    line.addSubcommand(new PredictCommand(installation, terminal));
    line.addSubcommand(new SummaryCommand(terminal));
    line.setExecutionExceptionHandler(RootCommand::explain);
    line.setErr(errors);
    line.setUsageHelpAutoWidth(true);
    return args.length == 0 ? usage(line) : line.execute(args);
  }

  private static int usage(CommandLine line) {
    line.usage(line.getErr());
    return ExitCode.USAGE;
  }

  private static int explain(Exception e, CommandLine command, ParseResult parsed)
      throws Exception {
    if (e instanceof CommandException ended) {
      command.getErr().println(ended.getMessage());
      return ended.exitCode();
    }
    if (e instanceof GatewayException refused) {
      command.getErr().println(refused.getMessage());
      return refused.isInvalidRequest() ? ExitCode.USAGE : ExitCode.FAILED;
    }
    if (e instanceof GatewayAwayException) {
      command.getErr().println(e.getMessage());
      return ExitCode.NOT_RUNNING;
    }
    if (e instanceof PlatformException) {
      command.getErr().println(e.getMessage());
      return ExitCode.FAILED;
    }
    if (e instanceof InterruptedException) {
      command.getErr().println("interrupted");
      return ExitCode.FAILED;
    }
    throw e;
  }
}
