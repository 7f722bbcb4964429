package io.tencrop.vision.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReadAheadTest {
  private final List<Long> read = Collections.synchronizedList(new ArrayList<>());

  @Test
  void givesEachStepAndReadsOneAheadUntilTheLast() {
    Set<Thread> threads = Collections.synchronizedSet(new HashSet<>());
    try (ReadAhead<String> ahead =
        new ReadAhead<>(
            step -> {
              threads.add(Thread.currentThread());
              read.add(step);
              return "batch " + step;
            },
            7)) {
      for (long step = 4; step <= 7; step++) {
        assertThat(ahead.take(step)).isEqualTo("batch " + step);
        assertThat(read.size()).isLessThanOrEqualTo((int) step - 2);
      }
    }
    assertThat(read).containsExactly(4L, 5L, 6L, 7L);
    assertThat(threads).hasSize(1).doesNotContain(Thread.currentThread());
    assertThat(threads).noneMatch(Thread::isAlive);
  }

  @Test
  void readsWhileTheStepBeforeIsUsed() throws InterruptedException {
    CountDownLatch second = new CountDownLatch(1);
    try (ReadAhead<Long> ahead =
        new ReadAhead<>(
            step -> {
              if (step == 2) {
                second.countDown();
              }
              return step;
            },
            9)) {
      ahead.take(1);
      assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void countsHowLongStepsWait() {
    try (ReadAhead<Long> ahead =
        new ReadAhead<>(
            step -> {
              if (step == 1) {
                LockSupport.parkNanos(20_000_000);
              }
              return step;
            },
            1)) {
      assertThat(ahead.waitedNanos()).isZero();
      ahead.take(1);
      assertThat(ahead.waitedNanos()).isGreaterThan(10_000_000);
    }
  }

  @Test
  void aFailureComesOutOfTheStepThatNeedsItAndCanBeTriedAgain() {
    AtomicBoolean broken = new AtomicBoolean(true);
    try (ReadAhead<Long> ahead =
        new ReadAhead<>(
            step -> {
              if (step == 2 && broken.getAndSet(false)) {
                throw new IndexOutOfBoundsException("image 3 of 2");
              }
              return step;
            },
            9)) {
      assertThat(ahead.take(1)).isEqualTo(1);
      assertThatThrownBy(() -> ahead.take(2))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("image 3 of 2");
      assertThat(ahead.take(2)).isEqualTo(2);
      assertThat(ahead.take(3)).isEqualTo(3);
    }
  }

  @Test
  void anErrorIsNotHidden() {
    try (ReadAhead<Long> ahead =
        new ReadAhead<>(
            step -> {
              throw new InternalError("a fault in a mapped file");
            },
            9)) {
      assertThatThrownBy(() -> ahead.take(1)).isInstanceOf(InternalError.class);
    }
  }

  @Test
  void anInterruptionIsKeptForTheCaller() {
    try (ReadAhead<Long> ahead = new ReadAhead<>(step -> step, 9)) {
      Thread.currentThread().interrupt();
      assertThat(ahead.take(1)).isEqualTo(1);
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
