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
}
