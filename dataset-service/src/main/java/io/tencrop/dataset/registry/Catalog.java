package io.tencrop.dataset.registry;

import io.tencrop.contracts.api.DatasetRegistration.Source;
import io.tencrop.contracts.api.DatasetRegistration.SourceType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The data sets that are known without registration. Digests of IDX files are those of their
 * content, not of the gzip files, which are found in several compressions.
 *
 * @param source in the program or on the web; absent: only a local copy can be had
 * @param archive the copy's file in the local directory; absent: a directory of the entry's name
 * @param licence of the images
 */
record Catalog(
    String name,
    SourceType type,
    @Nullable String source,
    @Nullable String archive,
    @Nullable Map<String, String> sha256,
    @Nullable List<String> classes,
    String licence) {
  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  private static final String FASHION_LICENCE =
      "MIT, Copyright (c) 2017 Zalando SE, https://tech.zalando.com";
  private static final List<String> FASHION_CLASSES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  static final List<Catalog> ALL =
      List.of(
          new Catalog(
              "fashion-mnist-sample",
              SourceType.BUILTIN,
              "builtin:fashion-mnist-sample",
              null,
              null,
              FASHION_CLASSES,
              FASHION_LICENCE),
          new Catalog(
              "fashion-mnist",
              SourceType.IDX,
              "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
              null,
              Map.of(
                  TRAIN_IMAGES,
                  "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
                  TRAIN_LABELS,
                  "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
                  TEST_IMAGES,
                  "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
                  TEST_LABELS,
                  "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
              FASHION_CLASSES,
              FASHION_LICENCE),
          new Catalog(
              "mnist",
              SourceType.IDX,
              "https://ossci-datasets.s3.amazonaws.com/mnist/",
              null,
              Map.of(
                  TRAIN_IMAGES,
                  "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                  TRAIN_LABELS,
                  "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                  TEST_IMAGES,
                  "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                  TEST_LABELS,
                  "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
              null,
              "CC BY-SA 3.0, Yann LeCun and Corinna Cortes"),
          new Catalog(
              "cifar10",
              SourceType.IMAGE_FOLDER,
              null,
              "cifar10-jpeg.zip",
              Map.of(
                  "cifar10-jpeg.zip",
                  "05b4c8c8bf43c21250b5d4abc4621c4fed6837d691555b00c9215bfc6b363d11"),
              null,
              "none stated; collected by Alex Krizhevsky, Vinod Nair and Geoffrey Hinton"));

  /**
   * Where to read it: a local copy when there is one. Empty when there is none and nothing else.
   *
   * @param localDirectory that may hold {@code <name>/train-images-idx3-ubyte.gz} and the others,
   *     or the archive
   */
  Optional<Source> source(@Nullable Path localDirectory) {
    return Optional.ofNullable(localDirectory)
        .flatMap(directory -> copy(directory.toAbsolutePath().normalize()))
        .map(copy -> copy.toUri().toString())
        .or(() -> Optional.ofNullable(source))
        .map(uri -> new Source(type, uri, sha256, classes));
  }

  /** Whether it can be had without a local copy, so that nobody else may take its name. */
  boolean isAlwaysThere() {
    return source != null;
  }

  private Optional<Path> copy(Path localDirectory) {
    if (type == SourceType.BUILTIN) {
      return Optional.empty();
    }
    Path copy = localDirectory.resolve(archive == null ? name : archive);
    boolean there =
        archive == null
            ? Files.exists(copy.resolve(TRAIN_IMAGES + ".gz"))
                || Files.exists(copy.resolve(TRAIN_IMAGES))
            : Files.exists(copy);
    return there ? Optional.of(copy) : Optional.empty();
  }

  static Optional<Catalog> find(String name) {
    return ALL.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }
}
