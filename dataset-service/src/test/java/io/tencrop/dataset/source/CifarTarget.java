package io.tencrop.dataset.source;

import io.tencrop.messaging.PermanentFailureException;
import io.tencrop.vision.fuzz.FuzzTarget;
import io.tencrop.vision.fuzz.Inputs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Archives of CIFAR, and the files in them. */
final class CifarTarget implements FuzzTarget {
  private static final long MAX_BYTES = 1 << 20;

  @Override
  public List<byte[]> seeds() throws IOException {
    Map<String, byte[]> ten = new LinkedHashMap<>();
    ten.put("cifar-10-batches-bin/batches.meta.txt", "a\nb\n".getBytes());
    ten.put("cifar-10-batches-bin/data_batch_1.bin", new byte[2 * 3073]);
    ten.put("cifar-10-batches-bin/test_batch.bin", new byte[3073]);
    byte[] tar = ArchiveTarget.tar(ten);
    byte[] hundred = ArchiveTarget.tar(Map.of("train.bin", new byte[3074]));
    ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(gzipped)) {
      gzip.write(tar);
    }
    return List.of(tar, hundred, gzipped.toByteArray());
  }

  @Override
  public void read(byte[] input) throws IOException {
    Path file = Inputs.file(input);
    try (WorkFiles work = new WorkFiles(Files.createTempDirectory("fuzz-"))) {
      Map<String, Path> files = new CifarArchive("it", MAX_BYTES).extract(file, work);
      if (CifarFormat.of(files.keySet()) != null) {
        CifarRecords records = new CifarRecords("it", files, null);
        records.read(work.file("records"));
        records.classes();
      }
    } catch (PermanentFailureException e) {
      return; // as it should be
    }
  }
}
