package io.tencrop.standalone.command;

import picocli.CommandLine.Option;

/** {@code --json}: output for programs. */
final class JsonOption {
  @Option(names = "--json", description = "Print JSON.")
  boolean wanted;
}
