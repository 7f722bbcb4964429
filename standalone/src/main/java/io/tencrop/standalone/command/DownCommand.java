package io.tencrop.standalone.command;

import io.tencrop.standalone.ExitCode;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.platform.RunningPlatform;
import io.tencrop.standalone.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "down", description = "Stop the platform; its data stays.")
final class DownCommand implements Callable<Integer> {
  @Mixin DataOption data = new DataOption();

  private final Installation installation;
  private final Terminal terminal;

  DownCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    var directory = data.directory(installation);
    if (RunningPlatform.stop(directory)) {
      terminal.println("Stopped. The data stays in " + directory.path());
    } else {
      terminal.println("No platform runs over " + directory.path());
    }
    return ExitCode.OK;
  }
}
