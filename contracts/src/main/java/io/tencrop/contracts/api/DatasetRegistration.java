package io.tencrop.contracts.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code POST /api/v1/datasets} takes. */
public record DatasetRegistration(String name, Source source) {

  /**
   * Where the images come from.
   *
   * @param uri {@code file:///directory}, {@code file:///archive.zip}, {@code s3://bucket/prefix},
   *     {@code s3://bucket/archive.zip} or {@code https://...}; for {@link SourceType#IDX} the
   *     directory that holds the four files
   * @param sha256 of each file by name, checked after reading; absent: not checked. For IDX a name
   *     without {@code .gz} stands for the content, however it is compressed
   * @param classes names in the order of the labels; absent: numbers for IDX, folder names for
   *     folders
   * @param classFrom where an image's class is told; absent: in its folder
   */
  public record Source(
      SourceType type,
      String uri,
      java.util.@Nullable Map<String, String> sha256,
      @Nullable List<String> classes,
      @Nullable ClassFrom classFrom) {
    public Source(
        SourceType type,
        String uri,
        java.util.@Nullable Map<String, String> sha256,
        @Nullable List<String> classes) {
      this(type, uri, sha256, classes, null);
    }
  }

  /** Where the class of an image of {@link SourceType#IMAGE_FOLDER} is told. */
  public enum ClassFrom {
    /** {@code cat/12.jpg}. */
    @JsonProperty("folder")
    FOLDER,
    /** {@code cat_12.jpg}: all before the last underscore. */
    @JsonProperty("file-name")
    FILE_NAME
  }

  /** The kinds of source. */
  public enum SourceType {
    /** The four files of MNIST and its kin, gzipped or not. */
    @JsonProperty("idx")
    IDX,
    /**
     * {@code class/image.jpg} or {@code train|test/class/image.jpg}, in a directory or a zip, tar
     * or tar.gz.
     */
    @JsonProperty("image-folder")
    IMAGE_FOLDER,
    /**
     * The binary version of CIFAR-10 or CIFAR-100, whose fine labels are taken: the {@code .bin}
     * files in a directory, or the tar.gz that they come in.
     */
    @JsonProperty("cifar")
    CIFAR,
    /** Data that the service carries itself. */
    @JsonProperty("builtin")
    BUILTIN
  }
}
