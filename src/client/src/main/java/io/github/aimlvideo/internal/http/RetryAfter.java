package io.github.aimlvideo.internal.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import okhttp3.Headers;

/** The delay that a server asks for (RFC 9110, section 10.2.3: seconds or a date). */
public final class RetryAfter {
  /** The client does not wait longer than this. */
  private static final Duration MAX = Duration.ofMinutes(5);

  private RetryAfter() {}

  /** Zero if there is no such header, or it cannot be read. */
  public static Duration of(Headers headers) {
    Duration wait =
        header(headers, "Retry-After").flatMap(text -> parse(text, headers)).orElse(Duration.ZERO);
    if (wait.isNegative()) return Duration.ZERO;
    return wait.compareTo(MAX) > 0 ? MAX : wait;
  }

  private static Optional<String> header(Headers headers, String name) {
    return Optional.ofNullable(headers.get(name)).map(String::strip);
  }

  private static Optional<Duration> parse(String text, Headers headers) {
    if (text.matches("\\d{1,9}")) return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    Instant now = header(headers, "Date").flatMap(RetryAfter::date).orElseGet(Instant::now);
    return date(text).map(then -> Duration.between(now, then));
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
