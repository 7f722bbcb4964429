package io.tencrop.standalone.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * An experiment file as it is sent to the gateway.
 *
 * @param contentType by the file's ending; YAML unless it is {@code .json}
 */
record SpecFile(byte[] bytes, String contentType) {
  private static final String STANDARD_INPUT = "-";

  static SpecFile read(Path file) {
    boolean json = file.toString().endsWith(".json");
    try {
      byte[] bytes =
          file.toString().equals(STANDARD_INPUT)
              ? System.in.readAllBytes()
              : Files.readAllBytes(file);
      return new SpecFile(bytes, json ? "application/json" : "application/yaml");
    } catch (NoSuchFileException e) {
      throw CommandException.usage("There is no file " + file);
    } catch (IOException e) {
      throw CommandException.usage("Cannot read " + file + ": " + e);
    }
  }
}
