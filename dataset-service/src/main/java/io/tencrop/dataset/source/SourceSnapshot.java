package io.tencrop.dataset.source;

import io.tencrop.contracts.data.RejectedImages.RejectedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a source holds: its images are numbered from 0, and the number is the image's id.
 *
 * @param digest hex SHA-256 over classes, labels, parts and pixels' files; the same wherever the
 *     source lies and however it is packed
 * @param files that the images are in; empty for a directory
 * @param root the directory or the {@code s3:} address, if it is one
 * @param labels by id
 * @param parts by id: ordinals of {@link Part}
 * @param paths by id; absent where many images are in one file
 * @param imageDigests by id: hex SHA-256 of the image's file, of its pixels where many are in one;
 *     absent for IDX that an earlier version has read
 * @param height common to all images; absent when they differ
 * @param width common to all images; absent when they differ
 * @param sizes two images that differ in size, for a message; absent when none do
 * @param rejected files that are not among the images, since their headers show that they cannot be
 *     used
 */
public record SourceSnapshot(
    String digest,
    List<String> classes,
    Layout layout,
    List<SourceFile> files,
    @Nullable String root,
    int[] labels,
    int[] parts,
    @Nullable List<String> paths,
    @Nullable List<String> imageDigests,
    @Nullable Integer height,
    @Nullable Integer width,
    @Nullable String sizes,
    List<RejectedImage> rejected) {
  public SourceSnapshot {
    rejected = rejected == null ? List.of() : List.copyOf(rejected);
  }

  /** How the images are kept. */
  public enum Layout {
    IDX,
    CIFAR,
    DIRECTORY,
    BUCKET,
    ZIP,
    TAR
  }

  /** The part that the source itself assigns an image to. */
  public enum Part {
    NONE,
    TRAIN,
    VALIDATION,
    TEST
  }

  /** How many images. */
  public int size() {
    return labels.length;
  }

  /** What the image is called. */
  public String path(int id) {
    return paths == null ? "image " + id : paths.get(id);
  }

  /** The ids of a part, ascending. */
  public int[] ids(Part part) {
    return IntStream.range(0, parts.length).filter(id -> parts[id] == part.ordinal()).toArray();
  }

  /** Whether the source has train and test parts of its own. */
  public boolean hasParts() {
    return Arrays.stream(parts).anyMatch(part -> part == Part.TRAIN.ordinal())
        && Arrays.stream(parts).anyMatch(part -> part == Part.TEST.ordinal());
  }

  SourceFile file(String role) {
    return files.stream()
        .filter(file -> file.role().equals(role))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the snapshot has no file " + role));
  }
}
