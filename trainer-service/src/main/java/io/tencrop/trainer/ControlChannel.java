package io.tencrop.trainer;

import io.tencrop.contracts.event.TrainingControl;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people no longer want, from the beginning of the topic on. */
@ApplicationScoped
class ControlChannel {
  private static final Logger LOG = LoggerFactory.getLogger(ControlChannel.class);

  private final MessageCodec codec = new MessageCodec();
  private final Cancellations cancellations;

  ControlChannel(Cancellations cancellations) {
    this.cancellations = cancellations;
  }

  @Incoming("control")
  void take(byte[] message) {
    try {
      cancellations.apply(codec.decode(message, TrainingControl.class));
    } catch (MessageFormatException e) {
      LOG.error("A control message cannot be read and has no effect", e);
    }
  }
}
