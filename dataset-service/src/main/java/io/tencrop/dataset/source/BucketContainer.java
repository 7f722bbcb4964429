package io.tencrop.dataset.source;

import io.tencrop.storage.ObjectEntry;
import io.tencrop.storage.ObjectMissingException;
import io.tencrop.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/** The objects of a bucket whose keys begin alike; what follows is their path. */
final class BucketContainer implements ImageContainer {
  private final ObjectStore store;
  private final SourceUri.Stored root;

  BucketContainer(ObjectStore store, SourceUri.Stored root) {
    this.store = store;
    this.root = root;
  }

  @Override
  public List<String> paths() throws IOException {
    List<String> paths = new ArrayList<>();
    for (ObjectEntry object : store.list(root.bucket(), root.prefix())) {
      String path = object.key().substring(root.prefix().length());
      if (ImageContainer.isImage(path)) {
        paths.add(path);
        ImageContainer.checkCount("s3://" + root.bucket() + "/" + root.key(), paths.size());
      }
    }
    return paths;
  }

  @Override
  public byte[] read(String path) throws IOException, UnusableImageException {
    try (InputStream in = store.open(root.bucket(), root.prefix() + path)) {
      return ImageContainer.readBounded(in);
    } catch (ObjectMissingException e) {
      throw new NoSuchFileException(path, null, e.getMessage());
    }
  }

  @Override
  public void close() {
    // nothing is held open
  }
}
