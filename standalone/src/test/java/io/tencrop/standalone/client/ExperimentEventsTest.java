package io.tencrop.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tencrop.contracts.api.ExperimentSummary;
import io.tencrop.contracts.api.ExperimentView;
import io.tencrop.contracts.api.RunMetrics;
import io.tencrop.contracts.api.RunView;
import io.tencrop.contracts.api.State;
import io.tencrop.contracts.event.DatasetEvent.DatasetProgress;
import io.tencrop.contracts.event.TrainingProgress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExperimentEventsTest {
  private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-000000000007");

  private final List<String> resumedAfter = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v1/experiments/" + ID + "/events", this::events);
    server.createContext("/api/v1/experiments/" + ID, this::experiment);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** The first connection breaks after event 2; the second goes on from there. */
  private void events(HttpExchange exchange) throws IOException {
    String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
    resumedAfter.add(String.valueOf(last));
    String stream =
        last == null
            ? state(1, "PREPARING") + state(2, "RUNNING") + "id: 3\nevent: state\ndata: {\"id"
            : state(3, "COMPLETED");
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(stream.getBytes(StandardCharsets.UTF_8));
    exchange.close();
  }

  private void experiment(HttpExchange exchange) throws IOException {
    String state = resumedAfter.size() < 2 ? "RUNNING" : "COMPLETED";
    byte[] body =
        """
        {"id": "%s", "name": "n", "state": "%s", "reason": "r", "progress": 1, "runs": [],
         "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z",
         "spec": {"name": "n", "dataset": "d", "runs": []}}
        """
            .formatted(ID, state)
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String state(int id, String state) {
    return """
        id: %d
        event: state
        data: {"id": "%s", "name": "n", "state": "%s", "reason": "r", "progress": 0, "runs": 0, \
        "labels": [], "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z"}

        """
        .formatted(id, ID, state);
  }

  @Test
  void goesOnAfterALostConnectionWithoutRepeating() throws Exception {
    States told = new States();
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    ExperimentView ended = new ExperimentEvents(new Gateway(address, null)).follow(ID, told);
    assertThat(ended.state()).isEqualTo(State.COMPLETED);
    assertThat(told.states).containsExactly(State.PREPARING, State.RUNNING, State.COMPLETED);
    assertThat(resumedAfter).containsExactly("null", "2");
  }

  private static final class States implements ExperimentListener {
    final List<State> states = new ArrayList<>();

    @Override
    public void state(ExperimentSummary experiment) {
      states.add(experiment.state());
    }

    @Override
    public void dataset(DatasetProgress progress) {}

    @Override
    public void run(RunView run) {}

    @Override
    public void metrics(RunMetrics metrics) {}

    @Override
    public void progress(TrainingProgress progress) {}

    @Override
    public void reconnecting(String why) {}
  }
}
