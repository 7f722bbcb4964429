package io.tencrop.vision.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Changes files at random in the ways that trouble parsers; the same seed gives the same changes.
 */
final class Mutations {
  private static final int[] NUMBERS = {
    0,
    1,
    2,
    7,
    16,
    0x7f,
    0x80,
    0xff,
    0x100,
    0x7fff,
    0x8000,
    0xffff,
    0x10000,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    -1,
    -2
  };
  private static final int MAX_LENGTH = 1 << 20;

  private final List<byte[]> files;
  private final SplittableRandom random;

  Mutations(List<byte[]> files, long seed) {
    this.files = files;
    this.random = new SplittableRandom(seed);
  }

  /** A changed copy of one of the files. */
  byte[] next() {
    byte[] bytes = pick().clone();
    int changes = 1 + random.nextInt(random.nextInt(8) + 1);
    for (int i = 0; i < changes; i++) {
      bytes = bytes.length == 0 ? pick().clone() : changed(bytes);
    }
    return bytes.length > MAX_LENGTH ? Arrays.copyOf(bytes, MAX_LENGTH) : bytes;
  }

  private byte[] pick() {
    return files.get(random.nextInt(files.size()));
  }

  private byte[] changed(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(9)) {
      case 0:
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        return bytes;
      case 1:
        bytes[at] = (byte) random.nextInt();
        return bytes;
      case 2, 3:
        return number(bytes, at);
      case 4:
        return Arrays.copyOf(bytes, at);
      case 5:
        return without(bytes, at, 1 + random.nextInt(Math.min(64, bytes.length - at)));
      case 6:
        return repeated(bytes, at, 1 + random.nextInt(Math.min(256, bytes.length - at)));
      case 7:
        byte[] noise = new byte[1 + random.nextInt(16)];
        random.nextBytes(noise);
        return joined(bytes, at, noise, 0, bytes, at);
      default:
        byte[] other = pick();
        return joined(bytes, at, new byte[0], 0, other, random.nextInt(other.length));
    }
  }

  private byte[] number(byte[] bytes, int at) {
    int number = NUMBERS[random.nextInt(NUMBERS.length)];
    ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    int width = 1 << random.nextInt(4);
    if (at + width > bytes.length) {
      bytes[at] = (byte) number;
    } else if (width == 1) {
      buffer.put(at, (byte) number);
    } else if (width == 2) {
      buffer.putShort(at, (short) number);
    } else if (width == 4) {
      buffer.putInt(at, number);
    } else {
      buffer.putLong(at, random.nextBoolean() ? number : (long) number << 31);
    }
    return bytes;
  }

  private static byte[] without(byte[] bytes, int at, int length) {
    return joined(bytes, at, new byte[0], 0, bytes, at + length);
  }

  private static byte[] repeated(byte[] bytes, int at, int length) {
    byte[] piece = Arrays.copyOfRange(bytes, at, at + length);
    return joined(bytes, at + length, piece, 0, bytes, at + length);
  }

  /** The head of one, all of the middle, and the rest of another. */
  private static byte[] joined(
      byte[] head, int headEnd, byte[] middle, int middleBegin, byte[] tail, int tailBegin) {
    ByteBuffer joined =
        ByteBuffer.allocate(headEnd + middle.length - middleBegin + tail.length - tailBegin);
    joined.put(head, 0, headEnd);
    joined.put(middle, middleBegin, middle.length - middleBegin);
    joined.put(tail, tailBegin, tail.length - tailBegin);
    return joined.array();
  }
}
