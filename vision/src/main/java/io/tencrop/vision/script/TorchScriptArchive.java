package io.tencrop.vision.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The zip that {@code torch.jit.load} reads: a pickle of the module, the code of its classes, the
 * storages of its tensors, no constants. Its layout is described in PyTorch's {@code
 * torch/csrc/jit/docs/serialization.md}. The same content gives the same bytes.
 */
public final class TorchScriptArchive implements Closeable {
  private static final String ROOT = "program/";

  private final ZipOutputStream zip;

  /** Begins an archive with the module and the code of its classes. */
  TorchScriptArchive(OutputStream out, byte[] module, String code) throws IOException {
    zip = new ZipOutputStream(out);
    put("data.pkl", module);
    put("code/__torch__.py", code.getBytes(UTF_8));
    put("constants.pkl", new PickleWriter().mark().tuple().finish());
    put("version", "3\n".getBytes(UTF_8));
  }

  /**
   * Writes the archive of a module without tensors.
   *
   * @param methods the methods of the class {@code __torch__.M}, indented by two
   */
  public static void write(String methods, OutputStream out) throws IOException {
    byte[] module =
        new PickleWriter()
            .global("__torch__", "M")
            .newObject()
            .dict()
            .mark()
            .text("training")
            .truth(true)
            .items()
            .build()
            .finish();
    String code =
        "class M(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
            + methods;
    new TorchScriptArchive(out, module, code).close();
  }

  /** Adds a file that {@code torch.jit.load(..., _extra_files)} gives. */
  void extra(String name, byte[] content) throws IOException {
    put("extra/" + name, content);
  }

  /** Adds a storage of a tensor, float32, little endian. */
  void storage(int number, ByteBuffer values) throws IOException {
    put("data/" + number, values);
  }

  private void put(String name, byte[] content) throws IOException {
    put(name, ByteBuffer.wrap(content));
  }

  private void put(String name, ByteBuffer content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content.duplicate());
    ZipEntry entry = new ZipEntry(ROOT + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.remaining());
    entry.setCrc(crc.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    byte[] piece = new byte[Math.min(content.remaining(), 1 << 16)];
    while (content.hasRemaining()) {
      int length = Math.min(piece.length, content.remaining());
      content.get(piece, 0, length);
      zip.write(piece, 0, length);
    }
    zip.closeEntry();
  }

  /** Ends the archive and closes its stream. */
  @Override
  public void close() throws IOException {
    zip.close();
  }
}
