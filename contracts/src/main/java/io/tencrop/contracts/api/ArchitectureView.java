package io.tencrop.contracts.api;

import java.util.List;

/**
 * A network that can be trained.
 *
 * @param options what can be set, by name
 */
public record ArchitectureView(String name, String description, List<Option> options) {
  /**
   * One option.
   *
   * @param type {@code integer}, {@code number}, {@code boolean} or {@code string}
   * @param defaultValue when the spec does not set it
   */
  public record Option(String name, String type, Object defaultValue, String description) {}
}
