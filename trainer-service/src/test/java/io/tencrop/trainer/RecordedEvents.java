package io.tencrop.trainer;

import io.tencrop.contracts.event.TrainingEvent;
import io.tencrop.contracts.event.TrainingProgress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Events kept in memory, in order. */
final class RecordedEvents implements TrainingEvents {
  final List<TrainingEvent> events = new CopyOnWriteArrayList<>();
  final List<TrainingProgress> progress = new CopyOnWriteArrayList<>();

  @Override
  public void publish(TrainingEvent event) {
    events.add(event);
  }

  @Override
  public void report(TrainingProgress report) {
    progress.add(report);
  }
}
