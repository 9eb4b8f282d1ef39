package io.github.aimlvideo.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "0, 0",
    "999999999, 300",
    "-5, 0",
    "soon, 0",
    "99999999999999999999, 0",
    "'Tue, 20 Jan 2026 09:31:30 GMT', 90",
    "'Tue, 20 Jan 2026 08:00:00 GMT', 0",
    "'Wed, 20 Jan 2027 08:00:00 GMT', 300",
  })
  void retryAfterIsSecondsOrADateAndCapped(String value, long seconds) {
    Headers headers = Headers.of("Retry-After", value, "Date", "Tue, 20 Jan 2026 09:30:00 GMT");

    assertThat(RetryAfter.of(headers)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void withoutAHeaderThereIsNoDelay() {
    assertThat(RetryAfter.of(Headers.of())).isEqualTo(Duration.ZERO);
  }
}
