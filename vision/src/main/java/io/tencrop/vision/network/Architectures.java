package io.tencrop.vision.network;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** The networks that there are, by name. */
public final class Architectures {
  private static final Option.Whole HIDDEN =
      new Option.Whole("hidden", 4, 1, 1_000_000, "units of the hidden layer");
  private static final Option.Whole WIDTH_DIVISOR =
      new Option.Whole("widthDivisor", 1, 1, 64, "divides the maps of every convolution");
  private static final Option.Switch BATCH_NORM =
      new Option.Switch("batchNorm", false, "a batch norm after each convolution");
  private static final Option.Choice STEM =
      Option.Choice.of(
          "stem", ResNet.Stem.class, "how it begins: imagenet for 224 px, cifar for 32 px");

  private static final List<Entry> ENTRIES =
      List.of(
          entry(
              Logistic.NAME,
              "logistic regression: one linear layer over the pixels",
              List.of(),
              options -> new Logistic()),
          entry(
              Shallow.NAME,
              "one hidden layer with ReLU",
              List.of(HIDDEN),
              options -> new Shallow(options.get(HIDDEN))),
          entry(
              LeNet5.NAME,
              "LeNet-5 with ReLU and average pooling, for 32x32",
              List.of(),
              options -> new LeNet5()),
          entry(AlexNet.NAME, "AlexNet as in torchvision", List.of(), options -> new AlexNet()),
          entry(
              AlexNetD2l.NAME,
              "AlexNet as in Dive into Deep Learning, for 224x224",
              List.of(),
              options -> new AlexNetD2l()),
          entry(
              Vgg.VGG11,
              "VGG-11 as in torchvision",
              List.of(WIDTH_DIVISOR, BATCH_NORM),
              options -> Vgg.vgg11(options.get(WIDTH_DIVISOR), options.get(BATCH_NORM))),
          entry(
              Vgg.VGG16,
              "VGG-16 as in torchvision",
              List.of(WIDTH_DIVISOR, BATCH_NORM),
              options -> Vgg.vgg16(options.get(WIDTH_DIVISOR), options.get(BATCH_NORM))),
          entry(
              ResNet.RESNET18,
              "ResNet-18 as in torchvision",
              List.of(STEM),
              options -> ResNet.resnet18(stem(options))),
          entry(
              ResNet.RESNET34,
              "ResNet-34 as in torchvision",
              List.of(STEM),
              options -> ResNet.resnet34(stem(options))),
          entry(
              ResNet.RESNET50,
              "ResNet-50 as in torchvision",
              List.of(STEM),
              options -> ResNet.resnet50(stem(options))));

  private Architectures() {}

  /** A network for people who choose one. */
  public record Description(String name, String description, List<Option> options) {}

  private record Entry(Description description, Factory factory) {}

  private interface Factory {
    Architecture create(Options options);
  }

  private record Options(Map<String, Object> given) {
    int get(Option.Whole option) {
      return ((Number) given.getOrDefault(option.name(), option.defaultValue())).intValue();
    }

    boolean get(Option.Switch option) {
      return (Boolean) given.getOrDefault(option.name(), option.defaultValue());
    }

    String get(Option.Choice option) {
      return (String) given.getOrDefault(option.name(), option.defaultValue());
    }
  }

  private static Entry entry(
      String name, String description, List<Option> options, Factory factory) {
    return new Entry(new Description(name, description, options), factory);
  }

  private static ResNet.Stem stem(Options options) {
    return ResNet.Stem.valueOf(options.get(STEM).toUpperCase(Locale.ROOT));
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
        check(entry.description(), options);
        return entry.factory().create(new Options(options));
      }
    }
    throw new ArchitectureException(
        "there is no architecture '%s'; there are %s"
            .formatted(name, String.join(", ", all().stream().map(Description::name).toList())));
  }

  private static void check(Description description, Map<String, Object> given)
      throws ArchitectureException {
    Map<String, Option> options = new HashMap<>();
    description.options().forEach(option -> options.put(option.name(), option));
    for (String name : new TreeSet<>(given.keySet())) {
      Option option = options.get(name);
      if (option == null) {
        throw new ArchitectureException(
            "%s has no option '%s'; it has %s"
                .formatted(
                    description.name(),
                    name,
                    options.isEmpty()
                        ? "none"
                        : String.join(", ", new TreeSet<>(options.keySet()))));
      }
      Object value = given.get(name);
      if (value == null || !option.allows(value)) {
        throw new ArchitectureException(
            "%s is %s; it must be %s".formatted(name, value, option.allowed()));
      }
    }
  }
}
