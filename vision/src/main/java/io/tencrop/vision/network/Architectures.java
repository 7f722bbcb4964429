package io.tencrop.vision.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The networks that there are, by name. */
public final class Architectures {
  private static final Option HIDDEN =
      new Option("hidden", 4, 1, 1_000_000, "units of the hidden layer");

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry(
              new Description(
                  Logistic.NAME,
                  "logistic regression: one linear layer over the pixels",
                  List.of()),
              options -> new Logistic()),
          new Entry(
              new Description(Shallow.NAME, "one hidden layer with ReLU", List.of(HIDDEN)),
              options -> new Shallow(options.get(HIDDEN))),
          new Entry(
              new Description(
                  LeNet5.NAME, "LeNet-5 with ReLU and average pooling, for 32x32", List.of()),
              options -> new LeNet5()));

  private Architectures() {}

  /** A network for people who choose one. */
  public record Description(String name, String description, List<Option> options) {}

  /** An integer that a network can be varied by, with its range. */
  public record Option(
      String name, int defaultValue, int minimum, int maximum, String description) {}

  private record Entry(Description description, Factory factory) {}

  private interface Factory {
    Architecture create(Options options);
  }

  private record Options(Map<Option, Integer> values) {
    int get(Option option) {
      return values.getOrDefault(option, option.defaultValue());
    }
  }

  /** All of them. */
  public static List<Description> all() {
    return ENTRIES.stream().map(Entry::description).toList();
  }

  /**
   * The architecture of this name.
   *
   * @param options by name; defaults for those that are absent
   * @throws ArchitectureException when the name, an option or its value is not among those that
   *     there are
   */
  public static Architecture create(String name, Map<String, Object> options)
      throws ArchitectureException {
    for (Entry entry : ENTRIES) {
      if (entry.description().name().equals(name)) {
        return entry.factory().create(read(entry.description(), options));
      }
    }
    throw new ArchitectureException(
        "there is no architecture '%s'; there are %s"
            .formatted(name, String.join(", ", all().stream().map(Description::name).toList())));
  }

  private static Options read(Description description, Map<String, Object> given)
      throws ArchitectureException {
    List<String> names = new ArrayList<>();
    Map<Option, Integer> values = new java.util.HashMap<>();
    for (Option option : description.options()) {
      names.add(option.name());
      Object value = given.get(option.name());
      if (value != null) {
        values.put(option, check(option, value));
      }
    }
    for (String name : new TreeSet<>(given.keySet())) {
      if (!names.contains(name)) {
        throw new ArchitectureException(
            "%s has no option '%s'; it has %s"
                .formatted(
                    description.name(), name, names.isEmpty() ? "none" : String.join(", ", names)));
      }
    }
    return new Options(Map.copyOf(values));
  }

  private static int check(Option option, Object value) throws ArchitectureException {
    boolean whole = value instanceof Integer || value instanceof Long;
    if (!whole
        || ((Number) value).longValue() < option.minimum()
        || ((Number) value).longValue() > option.maximum()) {
      throw new ArchitectureException(
          "%s is %s; it must be a whole number from %d to %d"
              .formatted(option.name(), value, option.minimum(), option.maximum()));
    }
    return ((Number) value).intValue();
  }
}
