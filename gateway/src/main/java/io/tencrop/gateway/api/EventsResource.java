package io.tencrop.gateway.api;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What happens to an experiment, while it happens. */
@Path("/api/v1/experiments/{id}/events")
@SecurityRequirement(name = "token")
@Tag(name = "experiments")
public class EventsResource {
  private static final Duration POLL = Duration.ofMillis(400);

  private final EventTail tail;
  private final Duration heartbeat;

  EventsResource(
      EventTail tail,
      @ConfigProperty(name = "tencrop.gateway.heartbeat", defaultValue = "15s")
          Duration heartbeat) {
    this.tail = tail;
    this.heartbeat = heartbeat;
  }

  @GET
  @Blocking
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Follow an experiment by server-sent events",
      description =
          "From its beginning, or from after Last-Event-ID. Events with an id are kept and come in order without gaps: state (an ExperimentSummary), dataset (shards done and total), run (a RunView), metrics (a RunMetrics with the points and epochs of a segment). Without an id, and not kept: progress (a trainer's report, about once a second). The stream ends after the event that ends the experiment.")
  @APIResponse(responseCode = "200", description = "text/event-stream")
  public Multi<OutboundSseEvent> follow(
      @PathParam("id") UUID id,
      @Parameter(description = "The id of the last event that was received")
          @HeaderParam("Last-Event-ID")
          @Nullable String lastEventId,
      @Context Sse sse) {
    Reader reader = new Reader(id, sequence(lastEventId), sse);
    List<OutboundSseEvent> first = reader.next();
    Multi<OutboundSseEvent> rest =
        Multi.createFrom()
            .ticks()
            .startingAfter(POLL)
            .every(POLL)
            .onOverflow()
            .drop()
            .emitOn(Infrastructure.getDefaultWorkerPool())
            .select()
            .first(tick -> !reader.ended)
            .onItem()
            .transformToIterable(tick -> reader.next());
    return Multi.createBy().concatenating().streams(Multi.createFrom().iterable(first), rest);
  }

  private static long sequence(@Nullable String lastEventId) {
    if (lastEventId == null || lastEventId.isBlank()) {
      return 0;
    }
    try {
      return Math.max(0, Long.parseLong(lastEventId.strip()));
    } catch (NumberFormatException e) {
      throw ProblemException.of(
          400, "Bad request", "Last-Event-ID is '%s'; it is a number.".formatted(lastEventId));
    }
  }

  /** One stream's place in the log. */
  private final class Reader {
    private final UUID id;
    private final Sse sse;
    private EventTail.Position position;
    private long quietSince = System.nanoTime();
    private boolean ended;

    Reader(UUID id, long sequence, Sse sse) {
      this.id = id;
      this.sse = sse;
      this.position = new EventTail.Position(sequence, Instant.EPOCH);
    }

    List<OutboundSseEvent> next() {
      if (ended) {
        return List.of();
      }
      EventTail.News news = tail.after(id, position);
      position = news.position();
      ended = news.last();
      List<OutboundSseEvent> events = new ArrayList<>();
      for (EventTail.Told told : news.told()) {
        events.add(event(told));
      }
      long now = System.nanoTime();
      if (!events.isEmpty()) {
        quietSince = now;
      } else if (now - quietSince > heartbeat.toNanos()) {
        quietSince = now;
        events.add(sse.newEventBuilder().comment("still here").build());
      }
      return events;
    }

    private OutboundSseEvent event(EventTail.Told told) {
      OutboundSseEvent.Builder builder = sse.newEventBuilder().name(told.name());
      if (told.sequence() != null) {
        builder.id(told.sequence().toString());
      }
      return builder.data(String.class, told.data()).build();
    }
  }
}
