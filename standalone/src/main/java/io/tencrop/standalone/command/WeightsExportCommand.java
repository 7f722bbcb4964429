package io.tencrop.standalone.command;

import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.standalone.ExitCode;
import io.tencrop.standalone.client.Gateway;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.terminal.Terminal;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description = "Write the weights of a checkpoint, or of a run's last one.")
final class WeightsExportCommand implements Callable<Integer> {
  @Mixin GatewayOption gatewayOption = new GatewayOption();

  @Parameters(paramLabel = "ID", description = "A checkpoint's id, or a run's.")
  String id = "";

  @Option(
      names = "--format",
      description = {
        "safetensors: the weights under torchvision's names (the default).",
        "torchscript: a model for torch.jit.load."
      })
  String format = "safetensors";

  @Option(names = "-o", paramLabel = "FILE", required = true, description = "The file to write.")
  @Nullable Path file;

  private final Installation installation;
  private final Terminal terminal;

  WeightsExportCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    if (file == null || Files.isDirectory(file)) {
      throw CommandException.usage("-o is a file to write, not a directory: " + file);
    }
    Gateway gateway = gatewayOption.gateway(installation);
    String checkpoint = id.matches("[0-9a-f]{64}") ? id : lastOf(run(), gateway);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      gateway.download(checkpoint, format, part);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (FileSystemException e) {
      throw CommandException.failed("Cannot write " + file + ": " + e);
    } finally {
      Files.deleteIfExists(part);
    }
    terminal.println("%s: %,d bytes, checkpoint %s".formatted(file, Files.size(file), checkpoint));
    return ExitCode.OK;
  }

  private UUID run() {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("'" + id + "' is the id neither of a checkpoint nor of a run");
    }
  }

  private static String lastOf(UUID run, Gateway gateway) throws IOException, InterruptedException {
    CheckpointRef head = gateway.run(run).head();
    if (head == null) {
      throw CommandException.failed("The run " + run + " has no checkpoint yet.");
    }
    return head.id();
  }
}
