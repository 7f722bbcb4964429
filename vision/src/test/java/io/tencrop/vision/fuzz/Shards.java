package io.tencrop.vision.fuzz;

import io.tencrop.vision.data.Bitmap;
import io.tencrop.vision.data.ShardWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Shards to begin with. */
final class Shards {
  private Shards() {}

  static byte[] small() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ShardWriter writer = new ShardWriter(out, 2, 2, 3, 1)) {
      writer.add(new Bitmap(2, 3, 1, new byte[6]), 1, 7);
      writer.add(new Bitmap(2, 3, 1, new byte[6]), 0, 9);
    }
    return out.toByteArray();
  }
}
