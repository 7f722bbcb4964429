package io.tencrop.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.standalone.client.ServerSentEvents.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ServerSentEventsTest {
  private static ServerSentEvents events(String stream) {
    return new ServerSentEvents(
        new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8)), "41");
  }

  @Test
  void readsNamesDataAndIds() throws IOException {
    try (ServerSentEvents events =
        events("event: run\nid: 42\ndata: {\"a\":\ndata:  1}\n\nevent:progress\ndata:x\n\n")) {
      assertThat(events.next()).isEqualTo(new Event("run", "{\"a\":\n 1}"));
      assertThat(events.lastId()).isEqualTo("42");
      assertThat(events.next()).isEqualTo(new Event("progress", "x"));
      assertThat(events.lastId()).isEqualTo("42");
      assertThat(events.next()).isNull();
    }
  }

  @Test
  void skipsCommentsAndEventsWithoutData() throws IOException {
    try (ServerSentEvents events = events(": still here\n\nevent: run\n\ndata: a\n\n")) {
      assertThat(events.next()).isEqualTo(new Event("message", "a"));
    }
  }

  @Test
  void dropsAnEventThatTheConnectionCutShort() throws IOException {
    try (ServerSentEvents events = events("event: run\nid: 42\ndata: {\"a\"")) {
      assertThat(events.next()).isNull();
      assertThat(events.lastId()).isEqualTo("41");
    }
  }

  @Test
  void goesOnFromTheIdBeforeTheStream() throws IOException {
    try (ServerSentEvents events = events("data: a\n\n")) {
      assertThat(events.next()).isNotNull();
      assertThat(events.lastId()).isEqualTo("41");
    }
  }
}
