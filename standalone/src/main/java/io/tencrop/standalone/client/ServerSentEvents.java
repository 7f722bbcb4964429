package io.tencrop.standalone.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code text/event-stream} format.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML, server-sent
 *     events</a>
 */
final class ServerSentEvents implements AutoCloseable {
  private final BufferedReader reader;
  private @Nullable String lastId;

  /**
   * @param lastId the id of the event before this stream
   */
  ServerSentEvents(InputStream stream, @Nullable String lastId) {
    this.reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    this.lastId = lastId;
  }

  /**
   * An event.
   *
   * @param name {@code message} where the server gave none
   */
  record Event(String name, String data) {}

  /** The next event, or null when the stream has ended. */
  @Nullable Event next() throws IOException {
    String name = "message";
    StringBuilder data = new StringBuilder();
    boolean hasData = false;
    String id = lastId;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.isEmpty()) {
        lastId = id;
        if (hasData) {
          return new Event(name, data.toString());
        }
        name = "message";
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      switch (field) {
        case "event" -> name = value;
        case "id" -> id = value;
        case "data" -> {
          data.append(hasData ? "\n" : "").append(value);
          hasData = true;
        }
        default -> {
          // A comment or a field that readers are to skip.
        }
      }
    }
    return null;
  }

  /** The id of the newest event that had one: where to go on after a lost connection. */
  @Nullable String lastId() {
    return lastId;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
