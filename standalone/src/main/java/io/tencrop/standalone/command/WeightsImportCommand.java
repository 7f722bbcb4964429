package io.tencrop.standalone.command;

import io.tencrop.contracts.api.WeightsView;
import io.tencrop.standalone.ExitCode;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.terminal.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description = {
      "Bring weights that runs can start from: safetensors, or a state dict that",
      "torch.save wrote (.pth). Prints the id for initialWeights."
    })
final class WeightsImportCommand implements Callable<Integer> {
  @Mixin GatewayOption gatewayOption = new GatewayOption();
  @Mixin JsonOption json = new JsonOption();

  @Parameters(paramLabel = "FILE", description = "The weights.")
  Path file = Path.of("");

  @Option(
      names = "--architecture",
      paramLabel = "NAME",
      required = true,
      description = "What they are of: resnet18, vit-b-16, ...")
  String architecture = "";

  @Option(
      names = "--option",
      paramLabel = "NAME=VALUE",
      description = "An option of the architecture, stem=cifar. May be there several times.")
  Map<String, String> options = new LinkedHashMap<>();

  @Option(
      names = "--input",
      paramLabel = "CxHxW",
      description = "Channels, height and width that they are for (default: 3x224x224).")
  @Nullable String input;

  private final Installation installation;
  private final Terminal terminal;

  WeightsImportCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    if (!Files.isRegularFile(file)) {
      throw CommandException.usage("There is no file " + file);
    }
    Map<String, String> about = new LinkedHashMap<>(options);
    about.put("architecture", architecture);
    if (input != null) {
      about.put("input", input);
    }
    WeightsView kept = gatewayOption.gateway(installation).upload(file, about);
    terminal.println(json.wanted ? Json.pretty(kept) : "initialWeights: " + kept.id());
    return ExitCode.OK;
  }
}
