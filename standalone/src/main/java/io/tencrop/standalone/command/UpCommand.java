package io.tencrop.standalone.command;

import io.tencrop.standalone.ExitCode;
import io.tencrop.standalone.platform.DataDirectory;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.platform.Platform;
import io.tencrop.standalone.platform.PlatformException;
import io.tencrop.standalone.terminal.Terminal;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "up",
    description = "Start the platform: Kafka, PostgreSQL, an S3 server and the services.")
final class UpCommand implements Callable<Integer> {
  @Mixin DataOption data = new DataOption();
  @Mixin StartOptions start = new StartOptions();

  @Option(
      names = {"-d", "--detach"},
      description = "Return when all is ready; `tencrop down` stops it.")
  boolean detach;

  private final Installation installation;
  private final Terminal terminal;

  UpCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    DataDirectory directory = data.directory(installation);
    return detach
        ? new DetachedStart(installation, directory, start.options(), terminal).run()
        : runHere(directory);
  }

  private int runHere(DataDirectory directory) throws InterruptedException {
    try (Platform platform =
        Platform.prepare(installation, directory, start.options(), new StartDisplay(terminal))) {
      Runtime.getRuntime().addShutdownHook(new Thread(platform::close, "stop"));
      platform.start();
      terminal.println("Ctrl-C or `./tencrop down" + data.hint() + "` stops it.");
      platform.ended().get();
      return ExitCode.OK;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PlatformException crash) {
        throw crash;
      }
      throw new IllegalStateException(e);
    }
  }
}
