package io.tencrop.vision.network;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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

  private static final Option.Real DROPOUT = dropout(0.5);
  private static final Option.Real VIT_DROPOUT = dropout(0);
  private static final Option.Whole PATCH =
      new Option.Whole("patch", 4, 1, 64, "side of a patch in pixels");
  private static final Option.Whole WIDTH =
      new Option.Whole("width", 192, 1, 4096, "values of a token");
  private static final Option.Whole DEPTH = new Option.Whole("depth", 9, 1, 64, "encoder blocks");
  private static final Option.Whole HEADS =
      new Option.Whole("heads", 12, 1, 64, "of each attention; a divisor of the width");
  private static final Option.Whole MLP_RATIO =
      new Option.Whole(
          "mlpRatio", 2, 1, 16, "units of an MLP's hidden layer, as a multiple of the width");

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
          entry(
              AlexNet.NAME,
              "AlexNet as in torchvision",
              List.of(DROPOUT),
              options -> new AlexNet(options.get(DROPOUT))),
          entry(
              AlexNetD2l.NAME,
              "AlexNet as in Dive into Deep Learning, for 224x224",
              List.of(DROPOUT),
              options -> new AlexNetD2l(options.get(DROPOUT))),
          entry(
              Vgg.VGG11,
              "VGG-11 as in torchvision",
              List.of(WIDTH_DIVISOR, BATCH_NORM, DROPOUT),
              options ->
                  Vgg.vgg11(
                      options.get(WIDTH_DIVISOR), options.get(BATCH_NORM), options.get(DROPOUT))),
          entry(
              Vgg.VGG16,
              "VGG-16 as in torchvision",
              List.of(WIDTH_DIVISOR, BATCH_NORM, DROPOUT),
              options ->
                  Vgg.vgg16(
                      options.get(WIDTH_DIVISOR), options.get(BATCH_NORM), options.get(DROPOUT))),
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
              options -> ResNet.resnet50(stem(options))),
          entry(
              Airbench.NAME,
              "the network of airbench94, for 32x32: a good result on CIFAR-10 in few minutes",
              List.of(WIDTH_DIVISOR),
              options -> new Airbench(options.get(WIDTH_DIVISOR))),
          entry(
              VisionTransformer.VIT,
              "vision transformer",
              List.of(PATCH, WIDTH, DEPTH, HEADS, MLP_RATIO, VIT_DROPOUT),
              options ->
                  new VisionTransformer(
                      VisionTransformer.VIT,
                      options.get(PATCH),
                      options.get(WIDTH),
                      options.get(DEPTH),
                      options.get(HEADS),
                      options.get(MLP_RATIO),
                      options.get(VIT_DROPOUT))),
          entry(
              VisionTransformer.TINY,
              "vision transformer for 32x32: patch 4, width 192, depth 9, heads 12, mlpRatio 2",
              List.of(VIT_DROPOUT),
              options -> VisionTransformer.tiny(options.get(VIT_DROPOUT))),
          entry(
              VisionTransformer.B_16,
              "ViT-B/16 as in torchvision",
              List.of(VIT_DROPOUT),
              options -> VisionTransformer.b16(options.get(VIT_DROPOUT))));

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

    double get(Option.Real option) {
      return ((Number) given.getOrDefault(option.name(), option.defaultValue())).doubleValue();
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

  private static Option.Real dropout(double defaultValue) {
    return new Option.Real(
        "dropout", defaultValue, 0, 1, "probability of a value to become zero in training");
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
    Entry entry = entry(name);
    for (String option : new TreeSet<>(options.keySet())) {
      check(entry.description(), option, options.get(option));
    }
    return entry.factory().create(new Options(options));
  }

  /**
   * The same with values as text: {@code 4}, {@code true}, {@code cifar}.
   *
   * @throws ArchitectureException as above
   */
  public static Architecture parse(String name, Map<String, String> options)
      throws ArchitectureException {
    Map<String, Object> values = new HashMap<>(options);
    for (Option option : entry(name).description().options()) {
      values.computeIfPresent(option.name(), (key, text) -> option.read((String) text));
    }
    return create(name, values);
  }

  private static Entry entry(String name) throws ArchitectureException {
    return ENTRIES.stream()
        .filter(entry -> entry.description().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ArchitectureException(
                    "there is no architecture '%s'; there are %s"
                        .formatted(
                            name,
                            String.join(", ", all().stream().map(Description::name).toList()))));
  }

  /**
   * Checks an option by itself.
   *
   * @throws ArchitectureException when there is no such option of this architecture, or it cannot
   *     have this value
   */
  private static void check(Description description, String name, @Nullable Object value)
      throws ArchitectureException {
    for (Option option : description.options()) {
      if (option.name().equals(name)) {
        if (value == null || !option.allows(value)) {
          throw new ArchitectureException(
              "%s is %s; it must be %s".formatted(name, value, option.allowed()));
        }
        return;
      }
    }
    List<String> known = description.options().stream().map(Option::name).sorted().toList();
    throw new ArchitectureException(
        "%s has no option '%s'; it has %s"
            .formatted(
                description.name(), name, known.isEmpty() ? "none" : String.join(", ", known)));
  }
}
