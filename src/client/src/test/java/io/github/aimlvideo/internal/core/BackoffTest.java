package io.github.aimlvideo.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.RetryPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final RetryPolicy POLICY = RetryPolicy.DEFAULT;

  @Test
  void delaysGrowToTheMaximum() {
    assertThat(Backoff.delay(POLICY, 1, 1.0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(Backoff.delay(POLICY, 4, 1.0)).isEqualTo(Duration.ofSeconds(8));
    assertThat(Backoff.delay(POLICY, 9, 1.0)).isEqualTo(Duration.ofSeconds(30));
    assertThat(Backoff.delay(POLICY, Integer.MAX_VALUE, 1.0)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void secondHalfIsRandom() {
    assertThat(Backoff.delay(POLICY, 4, 0.0)).isEqualTo(Duration.ofSeconds(4));
    assertThat(Backoff.delay(POLICY, 4, 0.5)).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void retryAfterLengthensADelayAndNeverShortensIt() {
    assertThat(Backoff.delay(POLICY, 1, Duration.ofSeconds(60))).isEqualTo(Duration.ofSeconds(60));
    assertThat(Backoff.delay(POLICY, 9, Duration.ofSeconds(1)))
        .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
  }
}
