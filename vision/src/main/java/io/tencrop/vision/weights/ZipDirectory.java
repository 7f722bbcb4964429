package io.tencrop.vision.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the uncompressed entries of a zip lie, so that they can be mapped (APPNOTE 6.3, sections
 * 4.3 to 4.5). Of fixed appetite: neither the number of entries nor their directory may pass a
 * bound.
 */
final class ZipDirectory {
  private static final int END = 0x06054b50;
  private static final int END_64_LOCATOR = 0x07064b50;
  private static final int END_64 = 0x06064b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int LOCAL = 0x04034b50;
  private static final int END_BYTES = 22;
  private static final int MAX_COMMENT = 0xFFFF;
  private static final int MAX_ENTRIES = 200_000;
  private static final int MAX_DIRECTORY = 64 << 20;
  private static final long LARGE = 0xFFFFFFFFL;

  private final FileChannel channel;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private ZipDirectory(FileChannel channel) {
    this.channel = channel;
  }

  private record Entry(int method, long size, long header) {}

  /**
   * Bytes of the file.
   *
   * @param position of the first one
   */
  record Range(long position, long size) {}

  private record Bounds(long entries, long size, long offset) {}

  /**
   * Reads the directory at the end of the file.
   *
   * @throws WeightsFormatException when it is not there, or is damaged
   */
  static ZipDirectory read(FileChannel channel) throws IOException {
    ZipDirectory zip = new ZipDirectory(channel);
    Bounds bounds = zip.bounds();
    if (bounds.entries() < 0
        || bounds.entries() > MAX_ENTRIES
        || bounds.size() < 0
        || bounds.size() > MAX_DIRECTORY) {
      throw new WeightsFormatException(
          "its zip directory says %d entries in %d bytes, which weights have not"
              .formatted(bounds.entries(), bounds.size()));
    }
    ByteBuffer directory = zip.bytes(bounds.offset(), (int) bounds.size());
    for (long i = 0; i < bounds.entries(); i++) {
      zip.add(directory);
    }
    return zip;
  }

  private Bounds bounds() throws IOException {
    int length = (int) Math.min(channel.size(), END_BYTES + MAX_COMMENT);
    long start = channel.size() - length;
    ByteBuffer tail = bytes(start, length);
    for (int at = length - END_BYTES; at >= 0; at--) {
      if (tail.getInt(at) == END && at + END_BYTES + unsigned(tail, at + 20) == length) {
        int locator = at - 20;
        if (locator >= 0 && tail.getInt(locator) == END_64_LOCATOR) {
          ByteBuffer end = bytes(tail.getLong(locator + 8), 56);
          if (end.getInt(0) != END_64) {
            throw damaged();
          }
          return new Bounds(end.getLong(32), end.getLong(40), end.getLong(48));
        }
        return new Bounds(
            unsigned(tail, at + 10), tail.getInt(at + 12) & LARGE, tail.getInt(at + 16) & LARGE);
      }
    }
    throw new WeightsFormatException(
        "it begins as torch.save writes and has no zip directory at its end: it is truncated; copy it again");
  }

  private void add(ByteBuffer directory) throws WeightsFormatException {
    int at = directory.position();
    if (directory.remaining() < 46 || directory.getInt(at) != CENTRAL) {
      throw damaged();
    }
    int name = unsigned(directory, at + 28);
    int extra = unsigned(directory, at + 30);
    int next = at + 46 + name + extra + unsigned(directory, at + 32);
    if (next > directory.limit()) {
      throw damaged();
    }
    long size = directory.getInt(at + 24) & LARGE;
    long header = directory.getInt(at + 42) & LARGE;
    // The zip64 extra field has, in this order, those of size, compressed size and header that are
    // too large for their places.
    for (int field = at + 46 + name; field + 4 <= at + 46 + name + extra; ) {
      int fieldEnd = field + 4 + unsigned(directory, field + 2);
      if (fieldEnd > at + 46 + name + extra) {
        throw damaged();
      }
      if (unsigned(directory, field) == 1) {
        int value = field + 4;
        if (size == LARGE && value + 8 <= fieldEnd) {
          size = directory.getLong(value);
          value += 8;
        }
        if ((directory.getInt(at + 20) & LARGE) == LARGE) {
          value += 8;
        }
        if (header == LARGE && value + 8 <= fieldEnd) {
          header = directory.getLong(value);
        }
      }
      field = fieldEnd;
    }
    byte[] text = new byte[name];
    directory.get(at + 46, text);
    entries.put(
        new String(text, StandardCharsets.UTF_8),
        new Entry(unsigned(directory, at + 10), size, header));
    directory.position(next);
  }

  Set<String> names() {
    return entries.keySet();
  }

  /**
   * Where the entry's bytes lie; empty when there is none of this name.
   *
   * @throws WeightsFormatException when it is compressed, or does not lie within the file
   */
  Optional<Range> find(String name) throws IOException {
    Entry entry = entries.get(name);
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.method() != 0) {
      throw new WeightsFormatException(
          "its entry '%s' is compressed, which torch.save does not do. %s"
              .formatted(name, TorchFiles.SAVE_AGAIN));
    }
    ByteBuffer local = bytes(entry.header(), 30);
    if (local.getInt(0) != LOCAL) {
      throw damaged();
    }
    long position = entry.header() + 30 + unsigned(local, 26) + unsigned(local, 28);
    if (entry.size() < 0 || entry.size() > channel.size() - position) {
      throw damaged();
    }
    return Optional.of(new Range(position, entry.size()));
  }

  private ByteBuffer bytes(long position, int length) throws IOException {
    if (position < 0 || position > channel.size() - length) {
      throw damaged();
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw damaged();
      }
    }
    return bytes.flip();
  }

  private static int unsigned(ByteBuffer bytes, int at) {
    return bytes.getShort(at) & 0xFFFF;
  }

  private static WeightsFormatException damaged() {
    return new WeightsFormatException("its zip directory is damaged; copy it again");
  }
}
