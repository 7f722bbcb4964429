package io.tencrop.standalone.command;

import io.tencrop.standalone.ExitCode;

/** Ends a command with a message for the person who typed it, and an exit code for scripts. */
public final class CommandException extends RuntimeException {
  private final int exitCode;

  private CommandException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  static CommandException failed(String message) {
    return new CommandException(ExitCode.FAILED, message);
  }

  static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message);
  }

  static CommandException notRunning(String message) {
    return new CommandException(ExitCode.NOT_RUNNING, message);
  }

  public int exitCode() {
    return exitCode;
  }
}
