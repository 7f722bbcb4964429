package io.tencrop.trainer;

import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.tencrop.contracts.event.TrainingEvent;
import io.tencrop.contracts.event.TrainingProgress;
import io.tencrop.messaging.MessageCodec;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Events and progress on their Kafka topics, keyed by run. */
@ApplicationScoped
class KafkaTrainingEvents implements TrainingEvents {
  private final MessageCodec codec = new MessageCodec();
  private final MutinyEmitter<byte[]> events;
  private final MutinyEmitter<byte[]> progress;

  KafkaTrainingEvents(
      @Channel("events") MutinyEmitter<byte[]> events,
      @Channel("progress") @OnOverflow(OnOverflow.Strategy.DROP) MutinyEmitter<byte[]> progress) {
    this.events = events;
    this.progress = progress;
  }

  @Override
  public void publish(TrainingEvent event) throws IOException, InterruptedException {
    try {
      events.sendMessage(message(event.runId(), event)).subscribeAsCompletionStage().get();
    } catch (ExecutionException e) {
      throw new IOException(
          "Kafka did not take %s of run %s: %s"
              .formatted(event.getClass().getSimpleName(), event.runId(), e.getCause()),
          e.getCause());
    }
  }

  @Override
  public void report(TrainingProgress report) {
    progress.sendMessageAndForget(message(report.runId(), report));
  }

  private Message<byte[]> message(UUID key, Object content) {
    return Message.of(codec.encode(content))
        .addMetadata(OutgoingKafkaRecordMetadata.<String>builder().withKey(key.toString()).build());
  }
}
