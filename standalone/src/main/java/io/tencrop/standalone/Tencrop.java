package io.tencrop.standalone;

import io.tencrop.standalone.command.RootCommand;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.terminal.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The program {@code tencrop}. */
public final class Tencrop {
  private Tencrop() {}

  public static void main(String[] args) {
    PrintWriter errors = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(RootCommand.run(Installation.current(), Terminal.standardOutput(), errors, args));
  }
}
