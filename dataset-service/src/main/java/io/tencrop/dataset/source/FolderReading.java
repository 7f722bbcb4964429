package io.tencrop.dataset.source;

import io.tencrop.contracts.data.RejectedImages.RejectedImage;
import io.tencrop.dataset.source.SourceSnapshot.Layout;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.storage.Digests;
import io.tencrop.vision.data.ImageDecoder;
import io.tencrop.vision.data.ImageFormatException;
import io.tencrop.vision.data.ImageSize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads all files of a directory or an archive through once, and decodes none. */
final class FolderReading {
  /** Part of the digest: changes when the same files come to be other pixels. */
  private static final String DECODING = "folders-2";

  private final FolderLayout folders;
  private final ImageContainer container;
  private final List<Integer> usable = new ArrayList<>();
  private final List<String> digests = new ArrayList<>();
  private final List<RejectedImage> rejected = new ArrayList<>();
  private final List<String> rejectedDigests = new ArrayList<>();
  private @Nullable ImageSize common;
  private @Nullable String firstPath;
  private @Nullable String sizes;

  FolderReading(FolderLayout folders, ImageContainer container) {
    this.folders = folders;
    this.container = container;
  }

  /**
   * What the digest of a source of folders is made of.
   *
   * @param rejected absent when all images can be used
   */
  private record Identity(
      String layout,
      List<String> classes,
      int[] labels,
      int[] parts,
      List<String> images,
      @Nullable List<String> rejected) {}

  SourceSnapshot snapshot(
      MessageCodec codec, Layout layout, List<SourceFile> files, @Nullable String root)
      throws IOException {
    for (int id = 0; id < folders.paths().size(); id++) {
      read(id);
    }
    FolderLayout images = folders.only(usable.stream().mapToInt(Integer::intValue).toArray());
    Identity identity =
        new Identity(
            DECODING,
            images.classes(),
            images.labels(),
            images.parts(),
            digests,
            rejected.isEmpty() ? null : rejectedDigests);
    @Nullable ImageSize uniform = sizes == null ? common : null;
    return new SourceSnapshot(
        Digests.sha256(codec.encode(identity)),
        images.classes(),
        layout,
        files,
        root,
        images.labels(),
        images.parts(),
        images.paths(),
        digests,
        uniform == null ? null : uniform.height(),
        uniform == null ? null : uniform.width(),
        sizes,
        rejected);
  }

  private void read(int id) throws IOException {
    String path = folders.paths().get(id);
    String digest = "";
    try {
      byte[] file = container.read(path);
      digest = Digests.sha256(file);
      note(path, ImageDecoder.size(file));
      usable.add(id);
      digests.add(digest);
    } catch (UnusableImageException e) {
      rejected.add(new RejectedImage(path, e.reason()));
      rejectedDigests.add(digest);
    } catch (ImageFormatException e) {
      rejected.add(new RejectedImage(path, String.valueOf(e.getMessage())));
      rejectedDigests.add(digest);
    }
  }

  private void note(String path, ImageSize size) {
    if (common == null) {
      common = size;
      firstPath = path;
    } else if (sizes == null && !common.equals(size)) {
      sizes = "%s is %s, %s is %s".formatted(firstPath, common, path, size);
    }
  }
}
