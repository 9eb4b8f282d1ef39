package io.github.aimlvideo.internal.http;

import io.github.aimlvideo.internal.core.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import okhttp3.Headers;

/** The delay that a server asks for (RFC 9110, section 10.2.3: seconds or a date). */
public final class RetryAfter {
  /** The client does not wait longer than this. */
  private static final Duration MAX = Duration.ofMinutes(5);

  private RetryAfter() {}

  /** Zero if there is no such header, or it cannot be read. */
  public static Duration of(Headers headers) {
    String seconds = headers.get("Retry-After");
    Instant date = headers.getInstant("Retry-After");
    Duration wait = date == null ? Duration.ZERO : Duration.between(now(headers), date);
    if (seconds != null && seconds.matches("\\d{1,9}")) {
      wait = Duration.ofSeconds(Long.parseLong(seconds));
    }
    return Durations.min(Durations.notNegative(wait), MAX);
  }

  private static Instant now(Headers headers) {
    return Objects.requireNonNullElseGet(headers.getInstant("Date"), Instant::now);
  }
}
