package io.tencrop.vision.fuzz;

import io.tencrop.vision.data.IdxFormatException;
import io.tencrop.vision.data.IdxReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** IDX files of images and of labels, gzipped or not. */
final class IdxTarget implements FuzzTarget {
  @Override
  public List<byte[]> seeds() throws IOException {
    byte[] images =
        ByteBuffer.allocate(16 + 5 * 6).putInt(0x803).putInt(5).putInt(2).putInt(3).array();
    byte[] labels = ByteBuffer.allocate(8 + 5).putInt(0x801).putInt(5).array();
    List<byte[]> seeds = new ArrayList<>(List.of(images, labels));
    for (byte[] plain : List.of(images, labels)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(plain);
      }
      seeds.add(out.toByteArray());
    }
    return seeds;
  }

  @Override
  public void read(byte[] input) throws IOException {
    Path file = Inputs.file(input);
    try {
      IdxReader.labels(file);
    } catch (IdxFormatException e) {
      images(file);
    }
  }

  private static void images(Path file) throws IOException {
    try (IdxReader reader = IdxReader.images(file)) {
      for (int i = 0; i < Math.min(3, reader.count()); i++) {
        reader.next();
      }
      reader.skipTo(reader.count());
      reader.requireEnd();
    } catch (IdxFormatException e) {
      return; // as it should be
    }
  }
}
