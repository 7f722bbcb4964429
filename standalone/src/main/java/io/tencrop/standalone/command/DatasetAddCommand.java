package io.tencrop.standalone.command;

import io.tencrop.contracts.api.DatasetRegistration;
import io.tencrop.contracts.api.DatasetRegistration.Source;
import io.tencrop.contracts.api.DatasetRegistration.SourceType;
import io.tencrop.contracts.api.DatasetView;
import io.tencrop.standalone.ExitCode;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "add",
    description = "Register a data set. Nothing is read before an experiment uses it.")
final class DatasetAddCommand implements Callable<Integer> {
  @Mixin GatewayOption gatewayOption = new GatewayOption();
  @Mixin JsonOption json = new JsonOption();

  @Parameters(index = "0", paramLabel = "NAME", description = "What experiments call it.")
  String name = "";

  @Parameters(
      index = "1",
      paramLabel = "SOURCE",
      description = "A directory, an archive, or a file: or https: address.")
  String source = "";

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      required = true,
      description = {
        "idx: the four files of MNIST and its kin, in a directory.",
        "image-folder: class/image.jpg or train|test/class/image.jpg, in a directory or archive."
      })
  String type = "";

  @Option(
      names = "--sha256",
      paramLabel = "FILE=HEX",
      description = "Digest that a file must have; may be repeated.")
  @Nullable Map<String, String> sha256;

  @Option(
      names = "--classes",
      paramLabel = "NAMES",
      split = ",",
      description = "Names of the classes in the order of the labels.")
  @Nullable List<String> classes;

  private final Installation installation;
  private final Terminal terminal;

  DatasetAddCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    DatasetView added =
        gatewayOption
            .gateway(installation)
            .register(new DatasetRegistration(name, new Source(type(), uri(), sha256, classes)));
    terminal.println(json.wanted ? Json.pretty(added) : added.name() + " is registered");
    return ExitCode.OK;
  }

  private SourceType type() {
    return switch (type) {
      case "idx" -> SourceType.IDX;
      case "image-folder" -> SourceType.IMAGE_FOLDER;
      default -> throw CommandException.usage("--type is idx or image-folder, not '" + type + "'");
    };
  }

  /** A plain path means a file of this machine. */
  private String uri() {
    return source.matches("[a-z][a-z0-9+.-]+:.*")
        ? source
        : Path.of(source).toAbsolutePath().normalize().toUri().toString();
  }
}
