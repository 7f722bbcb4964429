package io.tencrop.dataset.source;

import io.tencrop.dataset.source.SourceFiles.LocalFile;
import io.tencrop.vision.data.Bitmap;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads the records of a CIFAR source, which lie one after another in one file. */
final class CifarImages implements SourceImages {
  private final CifarFormat format;
  private final LocalFile file;
  private final FileChannel records;

  private CifarImages(CifarFormat format, LocalFile file, FileChannel records) {
    this.format = format;
    this.file = file;
    this.records = records;
  }

  static CifarImages open(SourceSnapshot snapshot, SourceFiles files) throws IOException {
    SourceFile records = snapshot.files().get(0);
    CifarFormat format =
        records.role().equals(CifarSource.ROLE_100) ? CifarFormat.CIFAR_100 : CifarFormat.CIFAR_10;
    LocalFile file = files.open(records);
    try {
      return new CifarImages(format, file, FileChannel.open(file.path()));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public Bitmap read(int id) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(format.recordBytes());
    long at = (long) id * format.recordBytes();
    while (bytes.hasRemaining()) {
      int read = records.read(bytes, at + bytes.position());
      if (read < 0) {
        throw new EOFException("%s ends within image %d".formatted(file.path(), id));
      }
    }
    return format.image(bytes.array());
  }

  @Override
  public void close() throws IOException {
    try (file) {
      records.close();
    }
  }
}
