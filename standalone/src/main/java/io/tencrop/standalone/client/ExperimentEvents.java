package io.tencrop.standalone.client;

import io.tencrop.contracts.api.ExperimentSummary;
import io.tencrop.contracts.api.ExperimentView;
import io.tencrop.contracts.api.RunMetrics;
import io.tencrop.contracts.api.RunView;
import io.tencrop.contracts.event.DatasetEvent.DatasetProgress;
import io.tencrop.contracts.event.TrainingProgress;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Follows an experiment to its end. A lost connection is made again, and goes on after the last
 * event that came.
 */
public final class ExperimentEvents {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final int MAX_FAILURES = 20;

  private final Gateway gateway;
  private final MessageCodec codec = new MessageCodec();

  public ExperimentEvents(Gateway gateway) {
    this.gateway = gateway;
  }

  /**
   * Tells {@code listener} all that happens, from the beginning, and returns the experiment when it
   * has ended.
   *
   * @throws GatewayAwayException when the gateway stays away
   */
  public ExperimentView follow(UUID id, ExperimentListener listener)
      throws IOException, InterruptedException {
    @Nullable String lastId = null;
    int failures = 0;
    while (true) {
      try (ServerSentEvents events = new ServerSentEvents(gateway.events(id, lastId), lastId)) {
        String before = lastId;
        try {
          tellAll(events, listener);
        } finally {
          lastId = events.lastId();
          failures = Objects.equals(before, lastId) ? failures : 0;
        }
        ExperimentView now = gateway.experiment(id);
        if (now.state().isFinal()) {
          return now;
        }
      } catch (IOException e) {
        failures++;
        if (failures >= MAX_FAILURES) {
          throw e;
        }
        listener.reconnecting(String.valueOf(e.getMessage()));
      }
      Thread.sleep(FIRST_PAUSE.multipliedBy(Math.min(failures + 1, 6)).toMillis());
    }
  }

  private void tellAll(ServerSentEvents events, ExperimentListener listener) throws IOException {
    for (ServerSentEvents.Event event = events.next(); event != null; event = events.next()) {
      tell(event, listener);
    }
  }

  private void tell(ServerSentEvents.Event event, ExperimentListener listener) throws IOException {
    switch (event.name()) {
      case "state" -> listener.state(read(event, ExperimentSummary.class));
      case "dataset" -> listener.dataset(read(event, DatasetProgress.class));
      case "run" -> listener.run(read(event, RunView.class));
      case "metrics" -> listener.metrics(read(event, RunMetrics.class));
      case "progress" -> listener.progress(read(event, TrainingProgress.class));
      default -> {
        // A newer gateway may tell more.
      }
    }
  }

  private <T> T read(ServerSentEvents.Event event, Class<T> type) throws IOException {
    try {
      return codec.decode(event.data().getBytes(StandardCharsets.UTF_8), type);
    } catch (MessageFormatException e) {
      throw new IOException("event '" + event.name() + "' cannot be read", e);
    }
  }
}
