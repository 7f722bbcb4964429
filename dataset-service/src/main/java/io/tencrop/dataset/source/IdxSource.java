package io.tencrop.dataset.source;

import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.api.DatasetRegistration.Source;
import io.tencrop.dataset.source.SourceFile.Place;
import io.tencrop.dataset.source.SourceFiles.LocalFile;
import io.tencrop.dataset.source.SourceSnapshot.Layout;
import io.tencrop.dataset.source.SourceSnapshot.Part;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.storage.Digests;
import io.tencrop.storage.ObjectEntry;
import io.tencrop.vision.data.IdxFormatException;
import io.tencrop.vision.data.IdxReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The four files of MNIST and its kin: in a directory, under an URL, or in the program. Ids count
 * through the train part and then the test part, in file order.
 */
final class IdxSource implements SourceKind {
  static final String TRAIN_IMAGES = "train-images";
  static final String TEST_IMAGES = "t10k-images";
  private static final String TRAIN_LABELS = "train-labels";
  private static final String TEST_LABELS = "t10k-labels";
  private static final List<String> ROLES =
      List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS);

  private final SourceFiles files;
  private final Downloads downloads;
  private final MessageCodec codec;

  IdxSource(SourceFiles files, Downloads downloads, MessageCodec codec) {
    this.files = files;
    this.downloads = downloads;
    this.codec = codec;
  }

  private static String fileName(String role) {
    return role + (role.endsWith("images") ? "-idx3-ubyte" : "-idx1-ubyte");
  }

  @Override
  public String fingerprint(Source source) throws IOException {
    SourceUri uri = SourceUri.of(source.uri());
    Fingerprint fingerprint = new Fingerprint().with(source.uri());
    if (uri instanceof SourceUri.Local local) {
      for (Path path : locate(local.path()).values()) {
        fingerprint.with(path);
      }
    } else if (uri instanceof SourceUri.Stored stored) {
      downloads.list(stored).forEach(fingerprint::with);
    } else if (uri instanceof SourceUri.Builtin builtin) {
      for (String role : ROLES) {
        fingerprint.with(resource(builtin.name(), role).sha256());
      }
    }
    return fingerprint.hex();
  }

  @Override
  public SourceSnapshot take(Source source) throws IOException, InterruptedException {
    SourceUri uri = SourceUri.of(source.uri());
    Map<String, SourceFile> found = new LinkedHashMap<>();
    if (uri instanceof SourceUri.Local local) {
      for (Map.Entry<String, Path> entry : locate(local.path()).entrySet()) {
        Path path = entry.getValue();
        found.put(
            entry.getKey(),
            new SourceFile(entry.getKey(), Place.LOCAL, path.toString(), files.sha256(path)));
      }
    } else if (uri instanceof SourceUri.Remote remote) {
      for (String role : ROLES) {
        found.put(role, download(remote.uri(), role));
      }
    } else if (uri instanceof SourceUri.Stored stored) {
      Map<String, SourceUri.Stored> objects = new HashMap<>();
      for (ObjectEntry object : downloads.list(stored)) {
        String name = object.key().substring(object.key().lastIndexOf('/') + 1);
        objects.put(name, new SourceUri.Stored(stored.bucket(), object.key()));
      }
      for (Map.Entry<String, SourceUri.Stored> entry : locate(source.uri(), objects).entrySet()) {
        found.put(entry.getKey(), copy(entry.getValue(), entry.getKey()));
      }
    } else if (uri instanceof SourceUri.Builtin builtin) {
      for (String role : ROLES) {
        found.put(role, resource(builtin.name(), role));
      }
    }
    return new Reading(source, found).snapshot();
  }

  /** The files in a directory, by role; those of the test part may be absent together. */
  private static Map<String, Path> locate(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new PermanentFailureException(
          FailureCode.SOURCE_UNREADABLE,
          "The directory %s does not exist on the machine of the dataset service. Put the IDX files there, or register the data set with the right path."
              .formatted(directory));
    }
    Map<String, Path> names = new HashMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      files
          .filter(Files::isReadable)
          .forEach(file -> names.put(String.valueOf(file.getFileName()), file));
    }
    return locate(directory.toString(), names);
  }

  /**
   * Those of the files that are needed, by role.
   *
   * @param where they lie
   * @param names all files there, by name
   */
  private static <T> Map<String, T> locate(String where, Map<String, T> names) {
    Map<String, T> found = new LinkedHashMap<>();
    for (String role : ROLES) {
      fileNames(role)
          .filter(names::containsKey)
          .findFirst()
          .map(names::get)
          .ifPresent(file -> found.put(role, file));
    }
    for (String role : ROLES) {
      boolean needed =
          role.startsWith("train")
              || found.containsKey(TEST_IMAGES)
              || found.containsKey(TEST_LABELS);
      if (needed && !found.containsKey(role)) {
        throw new PermanentFailureException(
            FailureCode.SOURCE_UNREADABLE,
            "%s has no readable file %s or %s.gz."
                .formatted(where, fileName(role), fileName(role)));
      }
    }
    return found;
  }

  private static Stream<String> fileNames(String role) {
    String name = fileName(role);
    String dotted = role + "." + name.substring(role.length() + 1);
    return Stream.of(name + ".gz", name, dotted + ".gz", dotted);
  }

  private SourceFile copy(SourceUri.Stored object, String role) throws IOException {
    Path file = downloads.temporary();
    try {
      downloads.fetch(object, file);
      return downloads.keep(role, file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private SourceFile download(URI base, String role) throws IOException, InterruptedException {
    String text = base.toString();
    URI uri = URI.create((text.endsWith("/") ? text : text + "/") + fileName(role) + ".gz");
    Path file = downloads.temporary();
    try {
      downloads.fetch(uri, file);
      return downloads.keep(role, file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static SourceFile resource(String name, String role) throws IOException {
    String location = "/builtin/%s/%s.gz".formatted(name, fileName(role));
    try (InputStream in = SourceFiles.resource(location)) {
      return new SourceFile(role, Place.RESOURCE, location, Digests.sha256(in));
    }
  }

  /** What the digest of an IDX source is made of. */
  private record Identity(String layout, List<String> classes, Map<String, String> contents) {}

  /** One reading of all files. */
  private final class Reading {
    private final Source source;
    private final Map<String, SourceFile> found;
    private final Map<String, String> contents = new TreeMap<>();
    private final List<SourceFile> images = new ArrayList<>();
    private final List<String> imageDigests = new ArrayList<>();
    private int height;
    private int width;

    Reading(Source source, Map<String, SourceFile> found) {
      this.source = source;
      this.found = found;
    }

    SourceSnapshot snapshot() throws IOException {
      try {
        for (SourceFile file : found.values()) {
          checkDigests(file);
        }
        int[] train = part(TRAIN_IMAGES, TRAIN_LABELS);
        int[] test = found.containsKey(TEST_IMAGES) ? part(TEST_IMAGES, TEST_LABELS) : new int[0];
        int[] labels = IntStream.concat(Arrays.stream(train), Arrays.stream(test)).toArray();
        int[] parts = new int[labels.length];
        Arrays.fill(parts, 0, train.length, Part.TRAIN.ordinal());
        Arrays.fill(parts, train.length, parts.length, Part.TEST.ordinal());
        List<String> classes = classes(labels);
        String digest = Digests.sha256(codec.encode(new Identity("idx", classes, contents)));
        return new SourceSnapshot(
            digest,
            classes,
            Layout.IDX,
            images,
            null,
            labels,
            parts,
            null,
            imageDigests,
            height,
            width,
            null,
            List.of());
      } catch (IdxFormatException e) {
        throw invalid(e.getMessage() + ".", e);
      }
    }

    private PermanentFailureException invalid(@Nullable String what, @Nullable Throwable cause) {
      return new PermanentFailureException(
          FailureCode.SOURCE_INVALID,
          "%s It was read from %s.".formatted(what, source.uri()),
          cause);
    }

    private void checkDigests(SourceFile file) throws IOException {
      String name = fileName(file.role());
      try (LocalFile local = files.open(file)) {
        String content = contentSha256(local.path(), name);
        contents.put(file.role(), content);
        checkDigest(name + ".gz", file.sha256());
        checkDigest(name, content);
      }
    }

    private String contentSha256(Path path, String name) throws IOException {
      try {
        return Gzip.contentSha256(path);
      } catch (java.util.zip.ZipException | java.io.EOFException e) {
        throw invalid("%s is truncated or not valid gzip (%s).".formatted(name, e.getMessage()), e);
      }
    }

    private void checkDigest(String name, String actual) {
      String expected = source.sha256() == null ? null : source.sha256().get(name);
      if (expected != null && !expected.equalsIgnoreCase(actual)) {
        throw invalid(
            "%s has the SHA-256 %s, expected %s: it is another file or was damaged on its way."
                .formatted(name, actual, expected),
            null);
      }
    }

    /** Reads a part through and returns its labels. */
    private int[] part(String imagesRole, String labelsRole) throws IOException {
      SourceFile imagesFile = file(imagesRole);
      images.add(imagesFile);
      try (LocalFile labelsLocal = files.open(file(labelsRole));
          LocalFile imagesLocal = files.open(imagesFile);
          IdxReader reader = IdxReader.images(imagesLocal.path())) {
        int[] labels = IdxReader.labels(labelsLocal.path());
        if (labels.length != reader.count()) {
          throw invalid(
              "%s has %d images, but %s has %d labels."
                  .formatted(
                      fileName(imagesRole), reader.count(), fileName(labelsRole), labels.length),
              null);
        }
        while (reader.position() < reader.count()) {
          imageDigests.add(Digests.sha256(reader.next().data()));
        }
        reader.requireEnd();
        if (imagesRole.equals(TRAIN_IMAGES)) {
          height = reader.height();
          width = reader.width();
        } else if (height != reader.height() || width != reader.width()) {
          throw invalid(
              "The train images have %d x %d pixels, the test images %d x %d."
                  .formatted(width, height, reader.width(), reader.height()),
              null);
        }
        return labels;
      }
    }

    private SourceFile file(String role) {
      SourceFile file = found.get(role);
      if (file == null) {
        throw new IllegalStateException("no file " + role);
      }
      return file;
    }

    private List<String> classes(int[] labels) {
      int highest = Arrays.stream(labels).max().orElse(-1);
      List<String> named = source.classes();
      if (named == null) {
        return IntStream.rangeClosed(0, highest).mapToObj(Integer::toString).toList();
      }
      if (highest >= named.size()) {
        throw invalid(
            "There is a label %d, but only %d classes are named (0 to %d)."
                .formatted(highest, named.size(), named.size() - 1),
            null);
      }
      return named;
    }
  }
}
