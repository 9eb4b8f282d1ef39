package io.github.aimlvideo.batch.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditWindowTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /** In hours: when the create was sent, and how much the server's clock is ahead. */
  @ParameterizedTest
  @CsvSource({
    "-10, 0, -11",
    "-10, 3, -11", // it was sent 3 hours later by the server's clock
    "-10, -3, -14",
    "3, -3, -1", // a moment ago, by a clock that is ahead
    "5, 0, -6", // by a clock that was ahead by at least as much
  })
  void noChargeIsLostAtTheBorder(int sent, int offset, int from) {
    Instant begin = Audit.begin(NOW.plus(hours(sent)), hours(offset), NOW);

    assertThat(begin).isEqualTo(NOW.plus(hours(from)));
  }

  /** The logs begin a day earlier, and cover 92. */
  @Test
  void accountIsAuditedFor91DaysAtMost() {
    assertThatNoException().isThrownBy(() -> Audit.ofAccount(Duration.ofDays(91)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Audit.ofAccount(Duration.ofDays(91).plusSeconds(1)))
        .withMessageStartingWith("period > 91 days: ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Audit.ofAccount(Duration.ZERO))
        .withMessageStartingWith("period <= 0: ");
  }

  private static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }
}
