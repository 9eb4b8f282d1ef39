package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.fixture.Server;
import java.time.Duration;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  @Test
  void valuesOutOfRangeAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetryPolicy.DEFAULT.withMaxAttempts(0))
        .withMessage("maxAttempts < 1: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetryPolicy(1, Duration.ZERO, 0.5, Duration.ZERO))
        .withMessage("multiplier < 1: 0.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetryPolicy(1, Duration.ofSeconds(2), 1, Duration.ofSeconds(1)))
        .withMessage("maxDelay < initialDelay: PT1S");
  }

  @Test
  void retryAfterIsHonoured() {
    try (Server server = new Server()) {
      server.respond(429, "{}");
      server.respond(new MockResponse.Builder().code(503).addHeader("Retry-After", "60"));
      server.status("queued");
      server.respond(new MockResponse.Builder().code(429).addHeader("Retry-After", "200"));
      server.completed("https://a/b");

      try (VideoClient client = server.client().retryPolicy(RetryPolicy.DEFAULT).build()) {
        client.generate(Samples.minimal());
      }

      assertThat(server.scheduler.delays().get(0))
          .isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
      assertThat(server.scheduler.delays().subList(1, 4))
          .containsExactly(Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ofSeconds(200));
    }
  }

  @Test
  void retryAfterBeyondTheTimeoutFailsAtOnce() {
    try (Server server = new Server()) {
      server.respond(new MockResponse.Builder().code(429).addHeader("Retry-After", "120"));
      PollPolicy hasty = PollPolicy.DEFAULT.withTimeout(Duration.ofSeconds(60));

      try (VideoClient client =
          server.client().retryPolicy(RetryPolicy.DEFAULT).pollPolicy(hasty).build()) {
        assertThatThrownBy(() -> client.create(Samples.minimal()))
            .isInstanceOf(ApiException.class)
            .hasMessageContaining("429");
      }

      assertThat(server.scheduler.delays()).isEmpty();
    }
  }
}
