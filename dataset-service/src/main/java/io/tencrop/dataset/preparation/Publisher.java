package io.tencrop.dataset.preparation;

import io.tencrop.contracts.event.DatasetEvent;
import io.tencrop.contracts.event.PrepareShard;
import java.io.IOException;

/** Sends messages; returns when the broker has them. */
public interface Publisher {
  /** To {@code tencrop.dataset.events}. */
  void publish(DatasetEvent event) throws IOException, InterruptedException;

  /** To {@code tencrop.dataset.shards}. */
  void publish(PrepareShard work) throws IOException, InterruptedException;
}
