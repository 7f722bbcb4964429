package io.tencrop.standalone.command;

import io.tencrop.contracts.api.DatasetRegistration;
import io.tencrop.contracts.api.DatasetRegistration.ClassFrom;
import io.tencrop.contracts.api.DatasetRegistration.Source;
import io.tencrop.contracts.api.DatasetRegistration.SourceType;
import io.tencrop.contracts.api.DatasetView;
import io.tencrop.contracts.api.UploadView;
import io.tencrop.standalone.ExitCode;
import io.tencrop.standalone.client.Gateway;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.terminal.Terminal;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        "cifar: the binary version of CIFAR-10 or CIFAR-100, in a directory or its tar.gz.",
        "image-folder: class/image.jpg or train|val|test/class/image.jpg, in a directory or",
        "archive."
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

  @Option(
      names = "--class-from",
      paramLabel = "WHERE",
      description = "folder (cat/12.jpg, the default) or file-name (cat_12.jpg), for image-folder.")
  @Nullable String classFrom;

  @Option(
      names = "--upload",
      description = {
        "Send the archive to the gateway, which keeps it in the object store. Done in any case",
        "when the gateway is on another machine."
      })
  boolean upload;

  private final Installation installation;
  private final Terminal terminal;

  DatasetAddCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    Gateway gateway = gatewayOption.gateway(installation);
    SourceType sourceType = type();
    ClassFrom from = classFrom();
    DatasetView added =
        gateway.register(
            new DatasetRegistration(
                name, new Source(sourceType, uri(gateway), sha256, classes, from)));
    terminal.println(json.wanted ? Json.pretty(added) : added.name() + " is registered");
    return ExitCode.OK;
  }

  private SourceType type() {
    return switch (type) {
      case "idx" -> SourceType.IDX;
      case "cifar" -> SourceType.CIFAR;
      case "image-folder" -> SourceType.IMAGE_FOLDER;
      default ->
          throw CommandException.usage("--type is idx, cifar or image-folder, not '" + type + "'");
    };
  }

  private @Nullable ClassFrom classFrom() {
    if (classFrom == null) {
      return null;
    }
    return switch (classFrom) {
      case "folder" -> ClassFrom.FOLDER;
      case "file-name" -> ClassFrom.FILE_NAME;
      default ->
          throw CommandException.usage(
              "--class-from is folder or file-name, not '" + classFrom + "'");
    };
  }

  /** A plain path means a file of this machine. */
  private String uri(Gateway gateway) throws IOException, InterruptedException {
    if (source.matches("[a-z][a-z0-9+.-]+:.*")) {
      if (upload) {
        throw CommandException.usage("--upload is for a file of this machine, not " + source);
      }
      return source;
    }
    Path path = Path.of(source).toAbsolutePath().normalize();
    boolean remote = !InetAddress.getByName(gateway.address().getHost()).isLoopbackAddress();
    if (!upload && !remote) {
      return path.toUri().toString();
    }
    if (!Files.isRegularFile(path)) {
      throw CommandException.usage(
          "%s is no file, and only a file can be uploaded. Pack a directory first: tar -czf data.tar.gz -C %s ."
              .formatted(path, path));
    }
    long bytes = Files.size(path);
    UploadView sent =
        gateway.uploadData(
            path,
            offset -> {
              if (!json.wanted) {
                terminal.println("Sent %d of %d bytes".formatted(offset, bytes));
              }
            });
    return Objects.requireNonNull(sent.uri());
  }
}
