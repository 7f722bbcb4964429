package io.tencrop.standalone.command;

import io.tencrop.standalone.ExitCode;
import io.tencrop.standalone.terminal.Terminal;
import io.tencrop.vision.network.ActivationShape;
import io.tencrop.vision.network.ArchitectureException;
import io.tencrop.vision.network.Architectures;
import io.tencrop.vision.network.NetworkSummary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "summary",
    description = {
      "Print what a network costs, layer by layer: output shapes, parameters,",
      "floating point operations and memory. Needs no running platform."
    })
final class SummaryCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ARCHITECTURE", description = "resnet18, vit-tiny, ...")
  String architecture = "";

  @Option(
      names = "--input",
      required = true,
      paramLabel = "CxHxW",
      description = "Channels, height and width: 3x224x224.")
  String input = "";

  @Option(names = "--classes", required = true, description = "Outputs.")
  int classes;

  @Option(
      names = "--option",
      paramLabel = "NAME=VALUE",
      description = "An option of the architecture, stem=cifar. May be there several times.")
  Map<String, String> options = new LinkedHashMap<>();

  @Option(names = "--batch", description = "Images (default: ${DEFAULT-VALUE}).")
  int batch = 1;

  @Mixin JsonOption json = new JsonOption();

  private final Terminal terminal;

  SummaryCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (classes < 1 || batch < 1) {
      throw CommandException.usage("--classes and --batch must be at least 1");
    }
    NetworkSummary summary;
    try {
      summary =
          NetworkSummary.of(
              Architectures.parse(architecture, options)
                  .network(ActivationShape.parseImage(input), classes),
              batch);
    } catch (ArchitectureException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
    if (json.wanted) {
      terminal.println(Json.pretty(summary));
    } else {
      summary.table().lines().forEach(terminal::println);
    }
    return ExitCode.OK;
  }
}
