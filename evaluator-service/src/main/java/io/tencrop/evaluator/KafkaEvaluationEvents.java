package io.tencrop.evaluator;

import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.tencrop.contracts.event.EvaluationEvent;
import io.tencrop.messaging.MessageCodec;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Events on {@code tencrop.evaluation.events}, keyed by experiment. */
@ApplicationScoped
class KafkaEvaluationEvents implements EvaluationEvents {
  /** The producer's own delivery timeout comes before it. */
  private static final long WAIT_SECONDS = 150;

  private final Emitter<byte[]> channel;
  private final MessageCodec codec;

  KafkaEvaluationEvents(@Channel("evaluation-events") Emitter<byte[]> channel, MessageCodec codec) {
    this.channel = channel;
    this.codec = codec;
  }

  @Override
  public void publish(EvaluationEvent event) throws IOException, InterruptedException {
    CompletableFuture<Void> delivered = new CompletableFuture<>();
    channel.send(
        Message.of(
                codec.encode(event),
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
                    .withKey(event.experimentId().toString())
                    .build()));
    try {
      delivered.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException("Kafka did not take the event: " + e.getMessage(), e);
    } catch (TimeoutException e) {
      throw new IOException("Kafka did not take the event in " + WAIT_SECONDS + " s", e);
    }
  }
}
