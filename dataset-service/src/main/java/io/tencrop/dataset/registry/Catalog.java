package io.tencrop.dataset.registry;

import io.tencrop.contracts.api.DatasetRegistration.Source;
import io.tencrop.contracts.api.DatasetRegistration.SourceType;
import io.tencrop.contracts.spec.Normalization;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The data sets that are known without registration. Digests of IDX files are those of their
 * content where several compressions of it are about.
 *
 * @param places where it may be read, the preferred first
 * @param classes absent: as the source names them
 * @param licence of the images
 * @param normalization mean and standard deviation of the training images, as published; absent:
 *     they depend on the preparation
 */
record Catalog(
    String name,
    List<CatalogPlace> places,
    @Nullable List<String> classes,
    String licence,
    @Nullable Normalization normalization) {
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

  private static final Normalization FASHION_NORMALIZATION =
      new Normalization(List.of(0.2860), List.of(0.3530));
  private static final String CIFAR_LICENCE =
      "none stated; collected by Alex Krizhevsky, Vinod Nair and Geoffrey Hinton";
  private static final String CIFAR_10_SHA256 =
      "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd";
  private static final String CIFAR_100_SHA256 =
      "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec";
  private static final String PETS_SHA256 =
      "67195c5e1c01f1ab5f9b6a5d22b8c27a580d896ece458917e61d459337fa318d";

  static final List<Catalog> ALL =
      List.of(
          new Catalog(
              "fashion-mnist-sample",
              List.of(CatalogPlace.uri(SourceType.BUILTIN, "builtin:fashion-mnist-sample", null)),
              FASHION_CLASSES,
              FASHION_LICENCE,
              FASHION_NORMALIZATION),
          idx(
              "fashion-mnist",
              "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
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
              FASHION_LICENCE,
              FASHION_NORMALIZATION),
          idx(
              "kmnist",
              "https://codh.rois.ac.jp/kmnist/dataset/kmnist/",
              Map.of(
                  TRAIN_IMAGES + ".gz",
                  "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4",
                  TRAIN_LABELS + ".gz",
                  "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17",
                  TEST_IMAGES + ".gz",
                  "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5",
                  TEST_LABELS + ".gz",
                  "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c"),
              List.of("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"),
              "CC BY-SA 4.0, KMNIST Dataset (created by CODH), adapted from Kuzushiji Dataset (created by NIJL and others), doi:10.20676/00000341",
              null),
          idx(
              "mnist",
              "https://ossci-datasets.s3.amazonaws.com/mnist/",
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
              "CC BY-SA 3.0, Yann LeCun and Corinna Cortes",
              new Normalization(List.of(0.1307), List.of(0.3081))),
          new Catalog(
              "cifar10",
              List.of(
                  CatalogPlace.archive(SourceType.CIFAR, "cifar-10-binary.tar.gz", CIFAR_10_SHA256),
                  CatalogPlace.directory(
                      SourceType.CIFAR, "cifar-10-batches-bin", "data_batch_1.bin", null),
                  CatalogPlace.archive(
                      SourceType.IMAGE_FOLDER,
                      "cifar10-jpeg.zip",
                      "05b4c8c8bf43c21250b5d4abc4621c4fed6837d691555b00c9215bfc6b363d11"),
                  CatalogPlace.uri(
                      SourceType.CIFAR,
                      "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
                      Map.of("cifar-10-binary.tar.gz", CIFAR_10_SHA256))),
              null,
              CIFAR_LICENCE,
              new Normalization(List.of(0.4914, 0.4822, 0.4465), List.of(0.2470, 0.2435, 0.2616))),
          new Catalog(
              "cifar100",
              List.of(
                  CatalogPlace.archive(
                      SourceType.CIFAR, "cifar-100-binary.tar.gz", CIFAR_100_SHA256),
                  CatalogPlace.directory(SourceType.CIFAR, "cifar-100-binary", "train.bin", null),
                  CatalogPlace.uri(
                      SourceType.CIFAR,
                      "https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz",
                      Map.of("cifar-100-binary.tar.gz", CIFAR_100_SHA256))),
              null,
              CIFAR_LICENCE,
              new Normalization(List.of(0.5071, 0.4865, 0.4409), List.of(0.2673, 0.2564, 0.2762))),
          new Catalog(
              "oxford-iiit-pet",
              List.of(
                  CatalogPlace.archive(
                          SourceType.IMAGE_FOLDER, "oxford-iiit-pet/images.tar.gz", PETS_SHA256)
                      .byFileNames(),
                  CatalogPlace.uri(
                          SourceType.IMAGE_FOLDER,
                          "https://www.robots.ox.ac.uk/~vgg/data/pets/data/images.tar.gz",
                          Map.of("images.tar.gz", PETS_SHA256))
                      .byFileNames()),
              null,
              "CC BY-SA 4.0, Omkar M Parkhi, Andrea Vedaldi, Andrew Zisserman and C. V. Jawahar",
              null));

  private static Catalog idx(
      String name,
      String uri,
      Map<String, String> sha256,
      @Nullable List<String> classes,
      String licence,
      @Nullable Normalization normalization) {
    return new Catalog(
        name,
        List.of(
            CatalogPlace.directory(SourceType.IDX, name, TRAIN_IMAGES, sha256),
            CatalogPlace.uri(SourceType.IDX, uri, sha256)),
        classes,
        licence,
        normalization);
  }

  /**
   * Where to read it: a local copy when there is one. Empty when there is none and nothing else.
   *
   * @param localDirectory that may hold copies
   */
  Optional<Source> source(@Nullable Path localDirectory) {
    return places.stream()
        .flatMap(place -> place.source(localDirectory, classes).stream())
        .findFirst();
  }

  /** Whether the program itself carries it, so that nobody else may take its name. */
  boolean isBuiltin() {
    return places.stream().anyMatch(place -> place.type() == SourceType.BUILTIN);
  }

  static Optional<Catalog> find(String name) {
    return ALL.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }
}
