package io.tencrop.dataset.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tencrop.contracts.FailureCode;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.storage.Digests;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads the files of a CIFAR data set through once, and checks them. */
final class CifarRecords {
  private static final int MAX_NAMES_BYTES = 1 << 16;

  private final String where;
  private final Map<String, Path> files;
  private final @Nullable List<String> named;
  private final CifarFormat format;
  private final List<Integer> labels = new ArrayList<>();
  private final List<String> imageDigests = new ArrayList<>();
  private int train;

  /**
   * @param where they are from, for messages
   * @param files by name
   * @param named the classes; absent: as the file of names tells
   * @throws PermanentFailureException when those of neither version are there
   */
  CifarRecords(String where, Map<String, Path> files, @Nullable List<String> named) {
    this.where = where;
    this.files = files;
    this.named = named;
    CifarFormat found = CifarFormat.of(files.keySet());
    if (found == null) {
      throw new PermanentFailureException(
          FailureCode.SOURCE_UNREADABLE,
          "%s has neither data_batch_1.bin (CIFAR-10) nor train.bin (CIFAR-100). The binary version is read, not that for Python or Matlab."
              .formatted(where));
    }
    this.format = found;
  }

  boolean isCifar100() {
    return format.equals(CifarFormat.CIFAR_100);
  }

  int[] labels() {
    return labels.stream().mapToInt(Integer::intValue).toArray();
  }

  List<String> imageDigests() {
    return imageDigests;
  }

  /** How many of the images are the train part's, which comes first. */
  int train() {
    return train;
  }

  /**
   * Reads all of them, and writes their records one after another.
   *
   * @throws PermanentFailureException when a file is not what it should be
   */
  void read(Path records) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(records), 1 << 16)) {
      for (String file : format.trainFiles(files.keySet())) {
        read(file, out);
      }
      train = labels.size();
      if (files.containsKey(format.testFile())) {
        read(format.testFile(), out);
      }
    }
  }

  private void read(String name, OutputStream records) throws IOException {
    Path file = Objects.requireNonNull(files.get(name), name);
    if (Files.size(file) == 0 || Files.size(file) % format.recordBytes() != 0) {
      throw invalid(
          "%s has %d bytes, which is no whole number of records of %d bytes: it is truncated or of another format."
              .formatted(name, Files.size(file), format.recordBytes()));
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      byte[] bytes = in.readNBytes(format.recordBytes());
      while (bytes.length == format.recordBytes()) {
        if (labels.size() == ImageContainer.MAX_FILES) {
          throw invalid("There are more than %d images.".formatted(ImageContainer.MAX_FILES));
        }
        labels.add(format.label(bytes));
        imageDigests.add(Digests.sha256(Arrays.copyOfRange(bytes, format.labels(), bytes.length)));
        records.write(bytes);
        bytes = in.readNBytes(format.recordBytes());
      }
    }
  }

  /** Names of the classes. */
  List<String> classes() throws IOException {
    int highest = labels.stream().mapToInt(Integer::intValue).max().orElse(-1);
    List<String> names = named == null ? namesFile() : named;
    if (names.isEmpty()) {
      return IntStream.rangeClosed(0, highest).mapToObj(Integer::toString).toList();
    }
    if (highest >= names.size()) {
      throw invalid(
          "Image %d has the label %d, but only %d classes are named (0 to %d)."
              .formatted(labels.indexOf(highest), highest, names.size(), names.size() - 1));
    }
    return names;
  }

  /** One name on each line; empty when there is no such file. */
  private List<String> namesFile() throws IOException {
    Path file = files.get(format.namesFile());
    if (file == null) {
      return List.of();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_NAMES_BYTES), UTF_8)
          .lines()
          .map(String::strip)
          .filter(name -> !name.isEmpty())
          .toList();
    }
  }

  private PermanentFailureException invalid(String what) {
    return new PermanentFailureException(
        FailureCode.SOURCE_INVALID, "%s It was read from %s.".formatted(what, where));
  }
}
