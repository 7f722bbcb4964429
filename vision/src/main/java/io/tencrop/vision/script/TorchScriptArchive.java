package io.tencrop.vision.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The zip that {@code torch.jit.load} reads, for a module without attributes: a pickle of a few
 * bytes, the code, no constants. Its layout is described in PyTorch's {@code
 * torch/csrc/jit/docs/serialization.md}.
 */
public final class TorchScriptArchive {
  private static final String ROOT = "program/";

  private TorchScriptArchive() {}

  /**
   * Writes the archive.
   *
   * @param methods the methods of the class {@code __torch__.M}, indented by two
   */
  public static void write(String methods, OutputStream out) throws IOException {
    String code =
        "class M(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
            + methods;
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      put(zip, "data.pkl", moduleObject());
      put(zip, "code/__torch__.py", code.getBytes(UTF_8));
      put(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      put(zip, "version", "3\n".getBytes(UTF_8));
    }
  }

  /**
   * Pickle, protocol 2: an instance of {@code __torch__.M} whose only attribute is {@code training
   * = True}.
   */
  private static byte[] moduleObject() {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.writeBytes(new byte[] {(byte) 0x80, 2});
    pickle.writeBytes("c__torch__\nM\nq\0)".getBytes(UTF_8));
    pickle.write(0x81);
    pickle.writeBytes("}(X".getBytes(UTF_8));
    pickle.writeBytes(new byte[] {8, 0, 0, 0});
    pickle.writeBytes("training".getBytes(UTF_8));
    pickle.write(0x88);
    pickle.writeBytes("ub.".getBytes(UTF_8));
    return pickle.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(ROOT + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
