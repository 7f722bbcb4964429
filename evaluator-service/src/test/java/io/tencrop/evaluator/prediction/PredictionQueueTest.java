package io.tencrop.evaluator.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tencrop.evaluator.prediction.PredictionException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PredictionQueueTest {
  private static CompletableFuture<String> ask(PredictionQueue queue, CountDownLatch until) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return queue.call(
                () -> {
                  until.await();
                  return Thread.currentThread().getName();
                });
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void oneThreadAnswersAndWhoFindsNoPlaceIsToldSo() throws Exception {
    CountDownLatch until = new CountDownLatch(1);
    try (PredictionQueue queue = new PredictionQueue(2, Duration.ofSeconds(20))) {
      List<CompletableFuture<String>> answers = new CopyOnWriteArrayList<>();
      for (int i = 0; i < 3; i++) {
        answers.add(ask(queue, until));
      }
      while (queue.waiting() < 2) {
        Thread.sleep(5);
      }
      assertThatThrownBy(() -> queue.call(() -> "never"))
          .isInstanceOfSatisfying(
              PredictionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BUSY));
      until.countDown();
      for (CompletableFuture<String> answer : answers) {
        assertThat(answer.get()).isEqualTo("predictions");
      }
      assertThat(queue.call(() -> "again")).isEqualTo("again");
    }
  }

  @Test
  void whoWaitsTooLongIsToldSoAndNotDoneLater() throws Exception {
    CountDownLatch until = new CountDownLatch(1);
    List<String> done = new CopyOnWriteArrayList<>();
    try (PredictionQueue queue = new PredictionQueue(2, Duration.ofMillis(50))) {
      assertThatThrownBy(
              () ->
                  queue.call(
                      () -> {
                        until.await();
                        return "first";
                      }))
          .isInstanceOf(PredictionException.class)
          .hasMessageContaining("no answer");
      assertThatThrownBy(() -> queue.call(() -> done.add("second")))
          .isInstanceOf(PredictionException.class);
      until.countDown();
      while (queue.waiting() > 0) {
        Thread.sleep(5);
      }
    }
    assertThat(done).isEmpty();
  }

  @Test
  void failuresComeBackAsTheyWere() throws Exception {
    try (PredictionQueue queue = new PredictionQueue(1, Duration.ofSeconds(5))) {
      assertThatThrownBy(
              () ->
                  queue.call(
                      () -> {
                        throw new IOException("the store is away");
                      }))
          .isInstanceOf(IOException.class)
          .hasMessage("the store is away");
    }
  }
}
