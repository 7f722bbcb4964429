package io.tencrop.evaluator;

import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.tencrop.contracts.event.EvaluationEvent;
import io.tencrop.contracts.event.EvaluationRequest.EvaluateSlice;
import io.tencrop.messaging.MessageCodec;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Events on {@code tencrop.evaluation.events} and work on {@code tencrop.evaluation.requests},
 * keyed by experiment.
 */
@ApplicationScoped
class KafkaEvaluationEvents implements EvaluationEvents, EvaluationWorkItems {
  /** The producer's own delivery timeout comes before it. */
  private static final long WAIT_SECONDS = 150;

  private final Emitter<byte[]> events;
  private final Emitter<byte[]> work;
  private final MessageCodec codec;

  KafkaEvaluationEvents(
      @Channel("evaluation-events") Emitter<byte[]> events,
      @Channel("evaluation-work") Emitter<byte[]> work,
      MessageCodec codec) {
    this.events = events;
    this.work = work;
    this.codec = codec;
  }

  @Override
  public void publish(EvaluationEvent event) throws IOException, InterruptedException {
    send(events, event.experimentId(), event);
  }

  @Override
  public void publish(EvaluateSlice slice) throws IOException, InterruptedException {
    send(work, slice.experimentId(), slice);
  }

  private void send(Emitter<byte[]> channel, UUID experimentId, Object message)
      throws IOException, InterruptedException {
    CompletableFuture<Void> delivered = new CompletableFuture<>();
    channel.send(
        Message.of(
                codec.encode(message),
                () -> {
                  delivered.complete(null);
                  return CompletableFuture.completedFuture(null);
                },
                failure -> {
                  delivered.completeExceptionally(failure);
                  return CompletableFuture.completedFuture(null);
                })
            .addMetadata(
                OutgoingKafkaRecordMetadata.<String>builder()
                    .withKey(experimentId.toString())
                    .build()));
    try {
      delivered.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException("Kafka did not take the message: " + e.getMessage(), e);
    } catch (TimeoutException e) {
      throw new IOException("Kafka did not take the message in " + WAIT_SECONDS + " s", e);
    }
  }
}
