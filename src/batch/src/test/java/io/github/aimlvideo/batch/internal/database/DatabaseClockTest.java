package io.github.aimlvideo.batch.internal.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseClockTest {
  private static final long START = 1_800_000_000_000L;

  private final AtomicLong source = new AtomicLong(START);
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000); // may overflow

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    source.addAndGet(time.toMillis());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "P-9000D", "P9000D", "PT-1S"})
  void clockOfAFileThatIsSetChangesNoDuration(Duration set) {
    DatabaseClock clock = new DatabaseClock(source::get, true, nanos::get);

    source.addAndGet(set.toMillis());
    pass(Duration.ofDays(2));

    assertThat(clock.millis()).isEqualTo(START + Duration.ofDays(2).toMillis());
  }

  @Test
  void serverIsAskedNowAndThen() {
    DatabaseClock clock = new DatabaseClock(source::get, false, nanos::get);

    source.addAndGet(7); // the clock of this machine is slower
    pass(Duration.ofSeconds(1));
    assertThat(clock.millis()).isEqualTo(START + 1000);
    pass(Duration.ofMinutes(10));
    assertThat(clock.millis()).isEqualTo(START + 7 + 601_000);
  }
}
