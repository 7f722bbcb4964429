package io.tencrop.vision.data;

import io.tencrop.vision.safetensors.SafetensorsFile;
import io.tencrop.vision.safetensors.TensorInfo;
import io.tencrop.vision.safetensors.TensorType;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The shards of a split as one set of images, memory-mapped: pixels are read when a crop is copied.
 * What was mapped stays readable after {@link #close()}, until it is collected.
 */
public final class ShardedImages implements ImageSet, Closeable {
  private final List<SafetensorsFile> files;
  private final ByteBuffer[] images;
  private final int[] starts;
  private final int[] labels;
  private final long[] ids;
  private final int height;
  private final int width;
  private final int channels;

  private ShardedImages(List<SafetensorsFile> files, List<Path> paths) throws IOException {
    this.files = files;
    this.images = new ByteBuffer[files.size()];
    this.starts = new int[files.size() + 1];
    List<Long> size = imagesTensor(files.get(0), paths.get(0)).shape().subList(1, 4);
    for (int i = 0; i < files.size(); i++) {
      TensorInfo tensor = imagesTensor(files.get(i), paths.get(i));
      if (!tensor.shape().subList(1, 4).equals(size)) {
        throw new ShardFormatException(
            "%s has images of %s, %s of %s"
                .formatted(paths.get(0), size, paths.get(i), tensor.shape().subList(1, 4)));
      }
      starts[i + 1] = Math.addExact(starts[i], Math.toIntExact(tensor.shape().get(0)));
      images[i] = files.get(i).data(ShardWriter.IMAGES);
    }
    height = Math.toIntExact(size.get(0));
    width = Math.toIntExact(size.get(1));
    channels = Math.toIntExact(size.get(2));
    labels = new int[size()];
    ids = new long[size()];
    for (int i = 0; i < files.size(); i++) {
      int n = starts[i + 1] - starts[i];
      column(files.get(i), paths.get(i), ShardWriter.LABELS, TensorType.I32, n)
          .asIntBuffer()
          .get(labels, starts[i], n);
      column(files.get(i), paths.get(i), ShardWriter.IDS, TensorType.I64, n)
          .asLongBuffer()
          .get(ids, starts[i], n);
    }
  }

  /**
   * Opens shards, whose images follow each other in the order given.
   *
   * @throws ShardFormatException when a file is no shard, or the sizes of their images differ
   */
  public static ShardedImages open(List<Path> shardFiles) throws IOException {
    if (shardFiles.isEmpty()) {
      throw new IllegalArgumentException("no shards");
    }
    List<SafetensorsFile> files = new ArrayList<>();
    try {
      for (Path file : shardFiles) {
        files.add(SafetensorsFile.open(file));
      }
      return new ShardedImages(List.copyOf(files), List.copyOf(shardFiles));
    } catch (IOException | RuntimeException e) {
      for (SafetensorsFile file : files) {
        file.close();
      }
      throw e;
    }
  }

  private static TensorInfo imagesTensor(SafetensorsFile file, Path path) throws IOException {
    TensorInfo tensor = file.tensor(ShardWriter.IMAGES);
    if (tensor.type() != TensorType.U8 || tensor.shape().size() != 4) {
      throw new ShardFormatException(
          "%s is no shard: its images are %s %s, expected U8 [n, height, width, channels]"
              .formatted(path, tensor.type(), tensor.shape()));
    }
    return tensor;
  }

  private static ByteBuffer column(
      SafetensorsFile file, Path path, String name, TensorType type, int n) throws IOException {
    TensorInfo tensor = file.tensor(name);
    if (tensor.type() != type || !tensor.shape().equals(List.of((long) n))) {
      throw new ShardFormatException(
          "%s is no shard: its %s are %s %s, expected %s [%d]"
              .formatted(path, name, tensor.type(), tensor.shape(), type, n));
    }
    return file.data(name);
  }

  @Override
  public int size() {
    return starts[starts.length - 1];
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public long id(int index) {
    return ids[index];
  }

  @Override
  public void copyCrop(int index, Crop crop, byte[] target, int offset) {
    int shard = shardOf(index);
    int from = (index - starts[shard]) * height * width * channels;
    crop.copy(images[shard], from, new ImageSize(height, width), channels, target, offset);
  }

  private int shardOf(int index) {
    if (index < 0 || index >= size()) {
      throw new IndexOutOfBoundsException("image %d of %d".formatted(index, size()));
    }
    int found = Arrays.binarySearch(starts, index);
    int shard = found >= 0 ? found : -found - 2;
    while (starts[shard + 1] == index) {
      shard++; // an empty shard begins where the next one does
    }
    return shard;
  }

  @Override
  public void close() throws IOException {
    for (SafetensorsFile file : files) {
      file.close();
    }
  }
}
