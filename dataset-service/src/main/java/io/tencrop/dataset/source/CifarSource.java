package io.tencrop.dataset.source;

import io.tencrop.contracts.FailureCode;
import io.tencrop.contracts.api.DatasetRegistration.Source;
import io.tencrop.dataset.source.SourceSnapshot.Layout;
import io.tencrop.dataset.source.SourceSnapshot.Part;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.storage.Digests;
import io.tencrop.storage.ObjectEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The binary files of CIFAR-10 and CIFAR-100: in a directory, a bucket, or the archive that they
 * come in. Their records are kept one after another as one file in the bucket of uploads. Ids count
 * through the train part and then the test part.
 */
final class CifarSource implements SourceKind {
  static final String ROLE_10 = "cifar-10";
  static final String ROLE_100 = "cifar-100";
  private static final int DEPTH = 3;

  private final Downloads downloads;
  private final MessageCodec codec;
  private final long maxBytes;

  /**
   * @param maxBytes that an archive may have, also when its compression is undone
   */
  CifarSource(Downloads downloads, MessageCodec codec, long maxBytes) {
    this.downloads = downloads;
    this.codec = codec;
    this.maxBytes = maxBytes;
  }

  @Override
  public String fingerprint(Source source) throws IOException {
    Fingerprint fingerprint = new Fingerprint().with(source.uri());
    SourceUri uri = SourceUri.of(source.uri());
    if (uri instanceof SourceUri.Local local) {
      if (Files.isDirectory(local.path())) {
        for (Path file : located(local.path()).values()) {
          fingerprint.with(file);
        }
      } else {
        fingerprint.with(readable(local.path()));
      }
    } else if (uri instanceof SourceUri.Stored stored) {
      downloads.list(stored).forEach(fingerprint::with);
    }
    return fingerprint.hex();
  }

  private static Path readable(Path path) {
    if (!Files.isReadable(path)) {
      throw new PermanentFailureException(
          FailureCode.SOURCE_UNREADABLE,
          "%s does not exist or may not be read on the machine of the dataset service. Put the CIFAR files there, or register the data set with the right path."
              .formatted(path));
    }
    return path;
  }

  @Override
  public SourceSnapshot take(Source source) throws IOException, InterruptedException {
    SourceUri uri = SourceUri.of(source.uri());
    if (uri instanceof SourceUri.Local local && Files.isDirectory(local.path())) {
      return snapshot(source, located(local.path()));
    }
    try (WorkFiles work = downloads.workFiles()) {
      if (uri instanceof SourceUri.Stored stored && !downloads.isObject(stored)) {
        return snapshot(source, fetched(stored, work));
      }
      Path archive;
      if (uri instanceof SourceUri.Local local) {
        archive = readable(local.path());
      } else {
        archive = work.file("archive");
        downloads.fetch(uri, archive);
      }
      SourceDigests.checkAny(source, archive);
      CifarArchive files = new CifarArchive(source.uri(), maxBytes);
      return snapshot(source, files.extract(archive, work));
    }
  }

  private static Map<String, Path> located(Path directory) throws IOException {
    Map<String, Path> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory, DEPTH)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> CifarFormat.isPart(String.valueOf(file.getFileName())))
          .sorted()
          .forEach(file -> found.putIfAbsent(String.valueOf(file.getFileName()), file));
    }
    return found;
  }

  private Map<String, Path> fetched(SourceUri.Stored uri, WorkFiles work) throws IOException {
    Map<String, Path> found = new TreeMap<>();
    for (ObjectEntry object : downloads.list(uri)) {
      String name = object.key().substring(object.key().lastIndexOf('/') + 1);
      if (CifarFormat.isPart(name) && !found.containsKey(name)) {
        Path file = work.file(name);
        downloads.fetch(new SourceUri.Stored(uri.bucket(), object.key()), file);
        found.put(name, file);
      }
    }
    return found;
  }

  /** What the digest of a CIFAR source is made of. */
  private record Identity(String layout, List<String> classes, String records, int train) {}

  private SourceSnapshot snapshot(Source source, Map<String, Path> files) throws IOException {
    CifarRecords records = new CifarRecords(source.uri(), files, source.classes());
    try (WorkFiles work = downloads.workFiles()) {
      Path file = work.file("records");
      records.read(file);
      List<String> classes = records.classes();
      SourceFile kept = downloads.keep(records.isCifar100() ? ROLE_100 : ROLE_10, file);
      int[] labels = records.labels();
      int[] parts = new int[labels.length];
      Arrays.fill(parts, 0, records.train(), Part.TRAIN.ordinal());
      Arrays.fill(parts, records.train(), parts.length, Part.TEST.ordinal());
      return new SourceSnapshot(
          Digests.sha256(
              codec.encode(new Identity("cifar", classes, kept.sha256(), records.train()))),
          classes,
          Layout.CIFAR,
          List.of(kept),
          null,
          labels,
          parts,
          null,
          records.imageDigests(),
          CifarFormat.SIDE,
          CifarFormat.SIDE,
          null,
          List.of());
    }
  }
}
