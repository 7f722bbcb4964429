package io.tencrop.standalone.command;

import io.tencrop.contracts.api.ExperimentView;
import io.tencrop.contracts.api.State;
import io.tencrop.standalone.ExitCode;
import io.tencrop.standalone.client.Gateway;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Waits for an experiment's end without showing anything. */
final class Waiting {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Gateway gateway;

  Waiting(Gateway gateway) {
    this.gateway = gateway;
  }

  /**
   * @param limit null: as long as it takes
   * @throws CommandException when it has not ended within the limit
   */
  ExperimentView untilEnded(UUID id, @Nullable Duration limit)
      throws IOException, InterruptedException {
    Instant begin = Instant.now();
    ExperimentView experiment = gateway.experiment(id);
    while (!experiment.state().isFinal()) {
      if (limit != null && Duration.between(begin, Instant.now()).compareTo(limit) > 0) {
        throw CommandException.failed(
            "After %d s the experiment is %s: %s"
                .formatted(limit.toSeconds(), experiment.state(), experiment.reason()));
      }
      Thread.sleep(POLL.toMillis());
      experiment = gateway.experiment(id);
    }
    return experiment;
  }

  static int exitCode(ExperimentView ended) {
    return ended.state() == State.COMPLETED ? ExitCode.OK : ExitCode.FAILED;
  }
}
