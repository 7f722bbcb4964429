package io.tencrop.evaluator.teacher;

import io.tencrop.evaluator.bank.TrainingLogits;
import io.tencrop.evaluator.checkpoint.CheckpointManifests;
import io.tencrop.evaluator.results.Results;
import io.tencrop.storage.ObjectStore;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the parts of teachers together. */
final class TeacherBeans {
  private TeacherBeans() {}

  @Produces
  @Singleton
  static TeacherComposition teachers(
      ObjectStore store, CheckpointManifests manifests, Results results, TrainingLogits logits) {
    return new TeacherComposition(store, manifests, results, logits);
  }

  @Produces
  @Singleton
  static DistilledGains gains(Results results) {
    return new DistilledGains(results);
  }
}
