package io.tencrop.gateway.uploads;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.storage.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts together, and looks for expired uploads now and then. */
@ApplicationScoped
class UploadsBeans {
  private static final Logger LOG = LoggerFactory.getLogger(UploadsBeans.class);

  private final ScheduledExecutorService cleaning =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "uploads-clean-up");
            thread.setDaemon(true);
            return thread;
          });

  @Produces
  @Singleton
  static DataUploads uploads(ObjectStore store, MessageCodec codec, UploadsConfig config) {
    return new DataUploads(
        store,
        codec,
        Clock.systemUTC(),
        config.maxSize().asLongValue(),
        config.lifetime(),
        config.atOnce());
  }

  void start(@Observes StartupEvent event, DataUploads uploads, UploadsConfig config) {
    long every = config.cleanUpEvery().toMillis();
    cleaning.scheduleWithFixedDelay(() -> clean(uploads), every, every, TimeUnit.MILLISECONDS);
  }

  private static void clean(DataUploads uploads) {
    try {
      int removed = uploads.removeExpired();
      if (removed > 0) {
        LOG.info("Removed {} uploads that were not completed in time", removed);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("Expired uploads could not be removed; the next time may do", e);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    cleaning.shutdownNow();
  }
}
