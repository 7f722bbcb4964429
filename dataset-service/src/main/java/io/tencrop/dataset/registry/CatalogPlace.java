package io.tencrop.dataset.registry;

import io.tencrop.contracts.api.DatasetRegistration.ClassFrom;
import io.tencrop.contracts.api.DatasetRegistration.Source;
import io.tencrop.contracts.api.DatasetRegistration.SourceType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a data set of the catalog may be read.
 *
 * @param location a URI; or a file or directory of the local directory, whose copies then need not
 *     be fetched
 * @param sha256 digests by file; absent: not checked
 * @param marker a file that is in the local directory's copy; absent: the copy is a file
 */
record CatalogPlace(
    SourceType type,
    String location,
    @Nullable Map<String, String> sha256,
    @Nullable ClassFrom classFrom,
    @Nullable String marker) {

  static CatalogPlace uri(SourceType type, String uri, @Nullable Map<String, String> sha256) {
    return new CatalogPlace(type, uri, sha256, null, null);
  }

  static CatalogPlace archive(SourceType type, String file, String sha256) {
    return new CatalogPlace(type, file, Map.of(file, sha256), null, null);
  }

  static CatalogPlace directory(
      SourceType type, String directory, String marker, @Nullable Map<String, String> sha256) {
    return new CatalogPlace(type, directory, sha256, null, marker);
  }

  CatalogPlace byFileNames() {
    return new CatalogPlace(type, location, sha256, ClassFrom.FILE_NAME, marker);
  }

  boolean isLocal() {
    return !location.contains(":");
  }

  /** The source that it is; empty for a local copy that is not there. */
  Optional<Source> source(@Nullable Path localDirectory, @Nullable List<String> classes) {
    if (!isLocal()) {
      return Optional.of(new Source(type, location, sha256, classes, classFrom));
    }
    return Optional.ofNullable(localDirectory)
        .map(directory -> directory.toAbsolutePath().normalize().resolve(location))
        .filter(this::isThere)
        .map(copy -> new Source(type, copy.toUri().toString(), sha256, classes, classFrom));
  }

  private boolean isThere(Path copy) {
    return marker == null
        ? Files.isRegularFile(copy)
        : Files.exists(copy.resolve(marker)) || Files.exists(copy.resolve(marker + ".gz"));
  }
}
