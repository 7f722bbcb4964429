package io.tencrop.gateway.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file, RFC 9110 section 14.
 *
 * @param from its first byte
 * @param to its last byte
 */
record ByteRange(long from, long to) {
  private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  long length() {
    return to - from + 1;
  }

  /**
   * What a Range header asks for; empty when it asks for all, or for what may be answered with all:
   * several parts, or a unit that is not known.
   *
   * @param size of the file
   * @throws UnsatisfiableException when there is no such part
   */
  static Optional<ByteRange> of(@Nullable String header, long size) throws UnsatisfiableException {
    Matcher range = SINGLE.matcher(header == null ? "" : header.replace(" ", ""));
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return Optional.empty();
    }
    long from;
    long to = size - 1;
    if (range.group(1).isEmpty()) {
      from = size - Math.min(size, Long.parseLong(range.group(2)));
    } else {
      from = Long.parseLong(range.group(1));
      if (!range.group(2).isEmpty()) {
        long end = Long.parseLong(range.group(2));
        if (end < from) {
          return Optional.empty();
        }
        to = Math.min(to, end);
      }
    }
    if (from > to) {
      throw new UnsatisfiableException();
    }
    return Optional.of(new ByteRange(from, to));
  }

  /** The file has no such part. */
  static final class UnsatisfiableException extends Exception {
    UnsatisfiableException() {
      super("no such part");
    }
  }
}
