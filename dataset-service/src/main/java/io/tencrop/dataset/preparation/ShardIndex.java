package io.tencrop.dataset.preparation;

import io.tencrop.contracts.Buckets;
import io.tencrop.contracts.data.PreparedManifest.Shard;
import io.tencrop.storage.ObjectStore;
import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.ShardWriter;
import io.tencrop.vision.safetensors.SafetensorsHeader;
import io.tencrop.vision.safetensors.TensorInfo;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalInt;

/** Where in a shard its images are. Of the shard itself only what is asked for is fetched. */
final class ShardIndex {
  private static final int HEADER_BYTES = 4096;

  private final Shard shard;
  private final SafetensorsHeader header;
  private final long[] ids;

  private ShardIndex(Shard shard, SafetensorsHeader header, long[] ids) {
    this.shard = shard;
    this.header = header;
    this.ids = ids;
  }

  /** Fetches the header and the ids. */
  static ShardIndex of(ObjectStore store, Shard shard) throws IOException {
    SafetensorsHeader header;
    long length = Math.min(shard.bytes(), HEADER_BYTES);
    try (InputStream in =
        new BufferedInputStream(store.open(Buckets.DATASETS, shard.key(), 0, length))) {
      header = SafetensorsHeader.read(in, shard.bytes());
    }
    TensorInfo tensor = tensor(header, ShardWriter.IDS);
    byte[] bytes =
        tensor.bytes() == 0
            ? new byte[0]
            : fetch(store, shard, header, tensor.begin(), tensor.bytes());
    long[] ids = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(ids);
    return new ShardIndex(shard, header, ids);
  }

  private static TensorInfo tensor(SafetensorsHeader header, String name) throws IOException {
    TensorInfo tensor = header.tensors().get(name);
    if (tensor == null) {
      throw new IOException("the shard has no tensor " + name);
    }
    return tensor;
  }

  private static byte[] fetch(
      ObjectStore store, Shard shard, SafetensorsHeader header, long from, long length)
      throws IOException {
    try (InputStream in =
        store.open(Buckets.DATASETS, shard.key(), header.dataOffset() + from, length)) {
      byte[] bytes = in.readNBytes(Math.toIntExact(length));
      if (bytes.length < length) {
        throw new EOFException("the shard %s is truncated".formatted(shard.key()));
      }
      return bytes;
    }
  }

  /** The row of an image; empty when it is not in this shard. */
  OptionalInt row(long id) {
    int row = Arrays.binarySearch(ids, id);
    return row < 0 ? OptionalInt.empty() : OptionalInt.of(row);
  }

  /** Fetches an image. */
  Bitmap read(ObjectStore store, int row) throws IOException {
    TensorInfo images = tensor(header, ShardWriter.IMAGES);
    int height = Math.toIntExact(images.shape().get(1));
    int width = Math.toIntExact(images.shape().get(2));
    int channels = Math.toIntExact(images.shape().get(3));
    long bytes = (long) height * width * channels;
    return new Bitmap(
        height, width, channels, fetch(store, shard, header, images.begin() + row * bytes, bytes));
  }
}
