package io.tencrop.standalone.platform;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that can be found again later: its id may have been given to another one since, its id
 * and start time together have not.
 */
public record ProcessRef(long pid, Instant startedAt) {
  /** The system computes start times from its uptime; corrections of the clock move them. */
  private static final Duration TOLERANCE = Duration.ofSeconds(3);

  static ProcessRef of(ProcessHandle process) {
    return new ProcessRef(process.pid(), process.info().startInstant().orElseGet(Instant::now));
  }

  /** The process, when it still runs. */
  @JsonIgnore
  Optional<ProcessHandle> find() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(
            process ->
                process
                    .info()
                    .startInstant()
                    .map(start -> Duration.between(start, startedAt).abs())
                    .filter(difference -> difference.compareTo(TOLERANCE) <= 0)
                    .isPresent());
  }

  /** Whether it still runs. */
  @JsonIgnore
  public boolean isAlive() {
    return find().isPresent();
  }
}
