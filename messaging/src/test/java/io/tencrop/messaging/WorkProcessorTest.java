package io.tencrop.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tencrop.contracts.Failure;
import io.tencrop.contracts.FailureCode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkProcessorTest {
  private final List<String> done = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private final List<String> dead = new ArrayList<>();
  private final List<Owner> owners = new ArrayList<>();
  private int failuresUnheard;
  private final List<Duration> delays = new ArrayList<>();

  record Job(String name) {}

  interface Task {
    void run(Job job, int attempt) throws Exception;
  }

  private WorkProcessor<Job> processor(Task task) {
    WorkHandler<Job> handler =
        new WorkHandler<>() {
          private int attempt;

          @Override
          public void handle(Job job) throws Exception {
            task.run(job, ++attempt);
            done.add(job.name());
          }

          @Override
          public void failed(Job job, Failure failure) throws IOException {
            if (failuresUnheard-- > 0) {
              throw new IOException("database away");
            }
            failures.add(failure);
          }

          @Override
          public void unreadable(Owner owner, Failure failure) {
            owners.add(owner);
            failures.add(failure);
          }
        };
    return new WorkProcessor<>(
        "jobs",
        Job.class,
        new MessageCodec(),
        handler,
        (topic, payload, cause) -> dead.add(topic + " " + cause),
        RetryPolicy.DEFAULT,
        delays::add);
  }

  private static byte[] job() {
    return "{\"name\":\"a\"}".getBytes(UTF_8);
  }

  @Test
  void doneWorkLeavesNothing() throws Exception {
    processor((job, attempt) -> {}).process(job(), 1);
    assertThat(done).containsExactly("a");
    assertThat(failures).isEmpty();
    assertThat(dead).isEmpty();
  }

  @Test
  void unreadableRecordIsKeptAndNotTried() throws Exception {
    processor((job, attempt) -> {}).process("{nonsense".getBytes(UTF_8), 1);
    assertThat(done).isEmpty();
    assertThat(dead).singleElement().asString().startsWith("jobs not a Job");
  }

  @Test
  void theOwnerOfAnUnreadableRecordIsTold() throws Exception {
    String experiment = "0f8b2a4e-6d0e-4a52-9a3b-1f1f6d1c0a01";
    processor((job, attempt) -> {})
        .process(
            "{\"name\":{},\"experimentId\":\"%s\",\"parent\":{\"id\":\"p\"}}"
                .formatted(experiment)
                .getBytes(UTF_8),
            1);
    assertThat(dead).hasSize(1);
    assertThat(owners).containsExactly(new Owner(java.util.UUID.fromString(experiment), null, "p"));
    assertThat(failures).extracting(Failure::code).containsExactly(FailureCode.MESSAGE_INVALID);
  }

  @Test
  void retriesWithGrowingDelayUntilItWorks() throws Exception {
    processor(
            (job, attempt) -> {
              if (attempt < 4) {
                throw new IOException("store away");
              }
            })
        .process(job(), 1);
    assertThat(done).containsExactly("a");
    assertThat(delays)
        .containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(failures).isEmpty();
  }

  @Test
  void givesUpAfterTheLastAttempt() throws Exception {
    processor(
            (job, attempt) -> {
              throw new IOException("store away");
            })
        .process(job(), 1);
    assertThat(failures).extracting(Failure::code).containsExactly(FailureCode.ATTEMPTS_EXHAUSTED);
    assertThat(failures.get(0).message()).contains("store away");
    assertThat(dead).hasSize(1);
  }

  @Test
  void permanentFailureIsToldOnceAndNotRetried() throws Exception {
    processor(
            (job, attempt) -> {
              throw new PermanentFailureException(FailureCode.SOURCE_INVALID, "bad magic");
            })
        .process(job(), 1);
    assertThat(failures).containsExactly(new Failure(FailureCode.SOURCE_INVALID, "bad magic"));
    assertThat(delays).isEmpty();
    assertThat(dead).isEmpty();
  }

  @Test
  void defectIsToldAndKept() throws Exception {
    processor(
            (job, attempt) -> {
              throw new IllegalStateException("defect");
            })
        .process(job(), 1);
    assertThat(failures).extracting(Failure::code).containsExactly(FailureCode.INTERNAL);
    assertThat(dead).hasSize(1);
  }

  @Test
  void aFailureIsToldUntilItIsHeard() throws Exception {
    failuresUnheard = 3;
    processor(
            (job, attempt) -> {
              throw new PermanentFailureException(FailureCode.SOURCE_INVALID, "bad magic");
            })
        .process(job(), 1);
    assertThat(failures).hasSize(1);
    assertThat(delays).hasSize(3);
  }

  @Test
  void whatBreaksWhileStoppingIsReleased() {
    assertThatThrownBy(
            () ->
                processor(
                        (job, attempt) -> {
                          Thread.currentThread().interrupt();
                          throw new IllegalStateException("closed under it");
                        })
                    .process(job(), 1))
        .isInstanceOf(IllegalStateException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failures).isEmpty();
  }

  @Test
  void recordThatKeepsKillingItsTakersIsGivenUpUntried() throws Exception {
    processor((job, attempt) -> {}).process(job(), RetryPolicy.DEFAULT.maxDeliveries());
    assertThat(done).isEmpty();
    assertThat(failures).extracting(Failure::code).containsExactly(FailureCode.ATTEMPTS_EXHAUSTED);
    assertThat(dead).hasSize(1);
  }

  @Test
  void interruptionReleasesTheRecord() {
    assertThatThrownBy(
            () ->
                processor(
                        (job, attempt) -> {
                          throw new InterruptedException("stopping");
                        })
                    .process(job(), 1))
        .isInstanceOf(InterruptedException.class);
    assertThat(failures).isEmpty();
  }
}
