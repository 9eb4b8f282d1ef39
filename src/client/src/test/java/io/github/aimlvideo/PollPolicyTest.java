package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollPolicyTest {
  @Test
  void every15SecondsIsThePolicyOfThePage() {
    assertThat(PollPolicy.EVERY_15_SECONDS.interval()).contains(Duration.ofSeconds(15));
    assertThat(PollPolicy.EVERY_15_SECONDS.timeout()).isEqualTo(Duration.ofSeconds(1000));
  }

  @Test
  void valuesOutOfRangeAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PollPolicy.DEFAULT.withInterval(Duration.ofMillis(99)))
        .withMessage("interval < 100 ms: PT0.099S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PollPolicy.DEFAULT.withTimeout(Duration.ZERO))
        .withMessage("timeout <= 0: PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PollPolicy.DEFAULT.withTimeout(Duration.ofSeconds(Long.MAX_VALUE)))
        .withMessageStartingWith("timeout > 365 days: ");
  }

  @Test
  void aFixedIntervalIsTheDelayAtAnyAge() {
    for (int age : new int[] {0, 1, 15, 10_000}) {
      assertThat(PollPolicy.EVERY_15_SECONDS.delayAfter(Duration.ofSeconds(age)))
          .isEqualTo(Duration.ofSeconds(15));
    }
  }

  @Test
  void quickFailuresAreSeenByTwoEarlyPolls() {
    assertThat(PollPolicy.DEFAULT.delayAfter(Duration.ZERO)).isEqualTo(Duration.ofSeconds(5));
    assertThat(PollPolicy.DEFAULT.delayAfter(Duration.ofSeconds(5)))
        .isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void delaysShrinkTowardsTheExpectedTimeAndAreEvenAfterIt() {
    Duration young = PollPolicy.DEFAULT.delayAfter(Duration.ofSeconds(60));
    Duration old = PollPolicy.DEFAULT.delayAfter(Duration.ofSeconds(200));
    Duration late = PollPolicy.DEFAULT.delayAfter(Duration.ofSeconds(300));

    assertThat(young).isGreaterThan(old);
    assertThat(old).isGreaterThan(late);
    assertThat(PollPolicy.DEFAULT.delayAfter(Duration.ofSeconds(900))).isEqualTo(late);
  }

  @Test
  void aNegativeAgeIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PollPolicy.EVERY_15_SECONDS.delayAfter(Duration.ofSeconds(-1)))
        .withMessage("age < 0: PT-1S");
  }
}
