package io.tencrop.dataset;

import io.smallrye.reactive.messaging.kafka.Record;
import io.tencrop.contracts.event.DatasetEvent;
import io.tencrop.contracts.event.PrepareShard;
import io.tencrop.dataset.preparation.Publisher;
import io.tencrop.messaging.MessageCodec;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/** {@link Publisher} on the outgoing channels. */
@ApplicationScoped
class KafkaPublisher implements Publisher {
  private static final long TIMEOUT_SECONDS = 60;

  private final Emitter<Record<String, byte[]>> events;
  private final Emitter<Record<String, byte[]>> shards;
  private final MessageCodec codec;

  KafkaPublisher(
      @Channel("events") Emitter<Record<String, byte[]>> events,
      @Channel("shards") Emitter<Record<String, byte[]>> shards,
      MessageCodec codec) {
    this.events = events;
    this.shards = shards;
    this.codec = codec;
  }

  @Override
  public void publish(DatasetEvent event) throws IOException, InterruptedException {
    send(events, event.experimentId().toString(), event);
  }

  @Override
  public void publish(PrepareShard work) throws IOException, InterruptedException {
    send(shards, work.preparedId(), work);
  }

  private void send(Emitter<Record<String, byte[]>> channel, String key, Object message)
      throws IOException, InterruptedException {
    try {
      channel
          .send(Record.of(key, codec.encode(message)))
          .toCompletableFuture()
          .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException("cannot send to Kafka: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException("Kafka did not take a message within a minute", e);
    }
  }
}
