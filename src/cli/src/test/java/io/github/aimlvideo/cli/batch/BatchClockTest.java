package io.github.aimlvideo.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A system clock that is set changes neither how long a batch searches nor what it reports. */
@Timeout(30)
class BatchClockTest {
  /** Six minutes, every 15 seconds, and the last one at the end. */
  private static final int ALL_SEARCHES = 25;

  private final FakeClient api = new FakeClient();
  private Instant system = Instant.parse("2026-08-01T00:00:00Z");
  private long nanos = Long.MAX_VALUE - 1_000_000_000; // may overflow
  @TempDir private Path folder;
  private InProcessBatch batch;

  @BeforeEach
  void manifest() throws IOException {
    batch = new InProcessBatch(folder, listener -> api.client());
    batch.manifest("a,vanishes");
  }

  /** Time passes only while a batch waits; then the system's clock is set too. */
  private BatchClock clock(Duration set) {
    return new BatchClock(() -> system, () -> nanos) {
      @Override
      void schedule(Runnable task, Duration delay) {
        pass(delay);
        system = system.plus(set);
        assertThat(api.searches).as("searches for days").isLessThan(1000);
        task.run();
      }
    };
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
    system = system.plus(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-24H", "PT24H", "PT-1S", "P-9000D", "P9000D"})
  void clockThatIsSetWhileItSearchesChangesNothing(Duration set) {
    assertThat(batch.run(clock(set)).exitCode()).isEqualTo(6);

    assertThat(api.searches).isEqualTo(ALL_SEARCHES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "P-9000D", "P9000D", "PT6M"})
  void clockThatIsSetBetweenRunsChangesNothing(Duration set) {
    batch.run(clock(Duration.ZERO), "--recovery-timeout", "0s"); // as if killed after the create
    api.searches = 0;
    system = system.plus(set);

    assertThat(batch.run(clock(Duration.ZERO)).exitCode()).isEqualTo(6);

    assertThat(api.searches).isEqualTo(ALL_SEARCHES);
  }

  @Test
  void searchedTimeCountsInTheNextRun() {
    batch.run(clock(Duration.ZERO));
    api.searches = 0;
    system = system.minus(Duration.ofDays(1));

    assertThat(batch.run(clock(Duration.ZERO)).exitCode()).isEqualTo(6);
    assertThat(api.searches).as("all time is over").isEqualTo(1);

    batch.run(clock(Duration.ZERO), "--recovery-timeout", "12m");
    assertThat(api.searches).as("six more minutes").isEqualTo(1 + ALL_SEARCHES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P-9000D", "P9000D"})
  void resubmittedAfterTheWholeSearchOnly(Duration set) {
    batch.run(clock(Duration.ZERO), "--recovery-timeout", "0s");
    api.searches = 0;
    system = system.plus(set);

    batch.run(clock(set), "--resubmit-unknown");

    assertThat(api.creates).hasSize(2);
    assertThat(api.searches).as("for both creates").isEqualTo(2 * ALL_SEARCHES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P-9000D", "P9000D"})
  void elapsedTimeIsThatOfTheMonotonicClock(Duration set) throws IOException {
    batch.manifest("a,runs");
    api.onAwait =
        () -> {
          pass(Duration.ofSeconds(42));
          system = system.plus(set);
        };

    assertThat(batch.run(clock(Duration.ZERO)).exitCode()).isZero();
    assertThat(results()).contains("\"elapsedSeconds\":42.0");

    assertThat(batch.run(clock(Duration.ZERO)).exitCode()).isZero();
    assertThat(results()).as("from the journal").contains("\"elapsedSeconds\":42.0");
  }

  @Test
  void elapsedTimeIsNeverNegative() throws IOException {
    batch.manifest("a,hangs");
    batch.run(clock(Duration.ZERO));
    system = system.minus(Duration.ofDays(1));
    api.finish();

    assertThat(batch.run(clock(Duration.ZERO)).exitCode()).isZero();

    assertThat(results()).contains("\"completed\"").doesNotContain("elapsedSeconds");
  }

  private String results() throws IOException {
    return Files.readString(batch.out.resolve("results.jsonl"));
  }
}
