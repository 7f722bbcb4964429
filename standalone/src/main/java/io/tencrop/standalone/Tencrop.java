package io.tencrop.standalone;

import io.tencrop.standalone.command.RootCommand;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.terminal.Terminal;

/** The program {@code tencrop}. */
public final class Tencrop {
  private Tencrop() {}

  public static void main(String[] args) {
    System.exit(RootCommand.run(Installation.current(), Terminal.standardOutput(), args));
  }
}
