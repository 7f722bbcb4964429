package io.tencrop.vision.safetensors;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file, memory-mapped. A buffer that was handed out stays valid after {@link #close()}, until it
 * is collected.
 */
public final class SafetensorsFile implements Closeable {
  private final FileChannel channel;
  private final SafetensorsHeader header;

  private SafetensorsFile(FileChannel channel, SafetensorsHeader header) {
    this.channel = channel;
    this.header = header;
  }

  /**
   * Opens and checks the header.
   *
   * @throws SafetensorsFormatException when it is not such a file
   */
  public static SafetensorsFile open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
      return new SafetensorsFile(channel, SafetensorsHeader.read(in, channel.size()));
    } catch (SafetensorsFormatException e) {
      channel.close();
      throw new SafetensorsFormatException(file + ": " + e.getMessage(), e);
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  public SafetensorsHeader header() {
    return header;
  }

  /** See {@link SafetensorsHeader#tensor}. */
  public TensorInfo tensor(String name) throws SafetensorsFormatException {
    return header.tensor(name);
  }

  /**
   * All of a tensor's bytes, little endian, read-only.
   *
   * @throws SafetensorsFormatException when it is not there, or takes 2 GiB or more: use {@link
   *     #slice}
   */
  public ByteBuffer data(String name) throws IOException {
    TensorInfo tensor = tensor(name);
    if (tensor.bytes() > Integer.MAX_VALUE) {
      throw new SafetensorsFormatException(
          "tensor '" + name + "' of " + tensor.bytes() + " bytes does not fit one buffer");
    }
    return slice(name, 0, (int) tensor.bytes());
  }

  /** {@code length} of a tensor's bytes from {@code fromByte} on, little endian, read-only. */
  public ByteBuffer slice(String name, long fromByte, int length) throws IOException {
    TensorInfo tensor = tensor(name);
    if (fromByte < 0 || length < 0 || fromByte + length > tensor.bytes()) {
      throw new IndexOutOfBoundsException(
          "[%d, +%d) of tensor '%s' with %d bytes"
              .formatted(fromByte, length, name, tensor.bytes()));
    }
    return channel
        .map(FileChannel.MapMode.READ_ONLY, header.dataOffset() + tensor.begin() + fromByte, length)
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
