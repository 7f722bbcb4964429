package io.tencrop.standalone.command;

import io.tencrop.standalone.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --out}: where a document goes. */
final class OutputFile {
  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "The file to write (default: print it).")
  @Nullable Path file;

  void write(byte[] document, Terminal terminal) {
    if (file == null) {
      terminal.println(new String(document, StandardCharsets.UTF_8).stripTrailing());
      return;
    }
    try {
      Files.write(file, document);
    } catch (IOException e) {
      throw CommandException.failed("Cannot write " + file + ": " + e);
    }
    terminal.println("%s: %,d bytes".formatted(file, document.length));
  }
}
