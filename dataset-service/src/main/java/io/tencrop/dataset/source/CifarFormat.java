package io.tencrop.dataset.source;

import io.tencrop.vision.data.Bitmap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The binary version of the CIFAR data sets: records of one or two labels, of which the last
 * counts, and an image of 32 x 32 pixels in three planes.
 *
 * <p>Source: <a href="https://www.cs.toronto.edu/~kriz/cifar.html">Krizhevsky</a>.
 *
 * @param labels bytes at the beginning of a record
 */
record CifarFormat(int labels, String testFile, String namesFile) {
  static final int SIDE = 32;
  private static final int PLANE = SIDE * SIDE;
  private static final Pattern TRAIN_BATCH = Pattern.compile("data_batch_[0-9]{1,3}\\.bin");

  static final CifarFormat CIFAR_10 = new CifarFormat(1, "test_batch.bin", "batches.meta.txt");
  static final CifarFormat CIFAR_100 = new CifarFormat(2, "test.bin", "fine_label_names.txt");
  private static final String TRAIN_100 = "train.bin";

  /** That of the files; null when those of neither are there. */
  static @Nullable CifarFormat of(Set<String> fileNames) {
    if (fileNames.contains(TRAIN_100)) {
      return CIFAR_100;
    }
    return fileNames.stream().anyMatch(name -> TRAIN_BATCH.matcher(name).matches())
        ? CIFAR_10
        : null;
  }

  /** Whether a file of this name belongs to a data set of either version. */
  static boolean isPart(String fileName) {
    return TRAIN_BATCH.matcher(fileName).matches()
        || Set.of(
                CIFAR_10.testFile,
                CIFAR_10.namesFile,
                TRAIN_100,
                CIFAR_100.testFile,
                CIFAR_100.namesFile)
            .contains(fileName);
  }

  /** The files of the train part, in order. */
  List<String> trainFiles(Set<String> fileNames) {
    if (equals(CIFAR_100)) {
      return List.of(TRAIN_100);
    }
    List<String> batches =
        new ArrayList<>(
            fileNames.stream().filter(name -> TRAIN_BATCH.matcher(name).matches()).toList());
    // By number: ten comes after nine.
    batches.sort(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()));
    return batches;
  }

  int recordBytes() {
    return labels + 3 * PLANE;
  }

  /** The label of a record. */
  int label(byte[] bytes) {
    return bytes[labels - 1] & 0xff;
  }

  /** The image of a record. */
  Bitmap image(byte[] bytes) {
    byte[] rgb = new byte[3 * PLANE];
    for (int i = 0; i < PLANE; i++) {
      for (int c = 0; c < 3; c++) {
        rgb[3 * i + c] = bytes[labels + c * PLANE + i];
      }
    }
    return new Bitmap(SIDE, SIDE, 3, rgb);
  }
}
