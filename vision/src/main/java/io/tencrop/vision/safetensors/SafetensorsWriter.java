package io.tencrop.vision.safetensors;

import com.google.gson.stream.JsonWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes a file as a stream: first all tensors are declared, then their bytes follow in that order,
 * little endian, in pieces of any size. The same declarations, metadata and data give the same
 * bytes.
 */
public final class SafetensorsWriter implements Closeable {
  private final WritableByteChannel out;
  private long missing;

  /** A tensor to come. */
  public record Entry(String name, TensorType type, List<Long> shape) {
    public Entry {
      shape = List.copyOf(shape);
    }

    long bytes() {
      return Math.multiplyExact(TensorInfo.elements(shape), type.bytes());
    }
  }

  /**
   * Writes the header.
   *
   * @param out closed by {@link #close()}
   * @param metadata free text by key
   */
  public SafetensorsWriter(OutputStream out, List<Entry> entries, Map<String, String> metadata)
      throws IOException {
    byte[] json = header(entries, metadata);
    ByteBuffer prefix = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    prefix.putLong(0, json.length);
    out.write(prefix.array());
    out.write(json);
    this.out = Channels.newChannel(out);
    this.missing = entries.stream().mapToLong(Entry::bytes).sum();
  }

  private static byte[] header(List<Entry> entries, Map<String, String> metadata)
      throws IOException {
    StringWriter text = new StringWriter();
    Set<String> names = new HashSet<>();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      if (!metadata.isEmpty()) {
        json.name(SafetensorsHeader.METADATA).beginObject();
        for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
          json.name(entry.getKey()).value(entry.getValue());
        }
        json.endObject();
      }
      long position = 0;
      for (Entry entry : entries) {
        if (!names.add(entry.name()) || entry.name().equals(SafetensorsHeader.METADATA)) {
          throw new IllegalArgumentException("tensor name '" + entry.name() + "' is taken");
        }
        json.name(entry.name()).beginObject().name("dtype").value(entry.type().name());
        json.name("shape").beginArray();
        for (long size : entry.shape()) {
          json.value(size);
        }
        json.endArray().name("data_offsets").beginArray();
        json.value(position).value(position + entry.bytes()).endArray().endObject();
        position += entry.bytes();
      }
      json.endObject();
    }
    // Spaces up to a multiple of eight, so that mapped data is aligned.
    int padding = -(text.toString().getBytes(StandardCharsets.UTF_8).length) & 7;
    return (text + " ".repeat(padding)).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Takes the next bytes.
   *
   * @throws IOException also when there are more than were declared
   */
  public void write(ByteBuffer data) throws IOException {
    if (data.remaining() > missing) {
      throw new IOException(
          "%d bytes more than the declared tensors take".formatted(data.remaining() - missing));
    }
    missing -= data.remaining();
    while (data.hasRemaining()) {
      out.write(data);
    }
  }

  /**
   * Closes the stream.
   *
   * @throws IOException also when bytes are missing: the file is then not valid
   */
  @Override
  public void close() throws IOException {
    out.close();
    if (missing > 0) {
      throw new IOException(missing + " bytes of the declared tensors were not written");
    }
  }
}
