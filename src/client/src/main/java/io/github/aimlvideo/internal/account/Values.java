package io.github.aimlvideo.internal.account;

import io.github.aimlvideo.account.Cost;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values of responses; what cannot be read is empty. */
final class Values {
  private Values() {}

  static Optional<String> text(@Nullable String text) {
    return Optional.ofNullable(text).filter(value -> !value.isBlank());
  }

  /** ISO 8601 with an offset. */
  static Optional<Instant> instant(@Nullable String text) {
    try {
      return text(text).map(value -> OffsetDateTime.parse(value.strip()).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The start of a period in ISO 8601, with milliseconds. */
  static String startText(Instant start) {
    return start.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** The end of a period in ISO 8601, rounded up to milliseconds. */
  static String endText(Instant end) {
    return startText(end.plusNanos(999_999));
  }

  /** An amount in both units, one of them by the documented rate if it is absent. */
  static Optional<Cost> cost(@Nullable BigDecimal usd, @Nullable BigDecimal credits) {
    if (isNegative(usd) || isNegative(credits)) return Optional.empty();
    if (usd != null && credits != null) return Optional.of(new Cost(usd, credits));
    return Optional.ofNullable(usd)
        .map(Cost::ofUsd)
        .or(() -> Optional.ofNullable(credits).map(Cost::ofCredits));
  }

  private static boolean isNegative(@Nullable BigDecimal amount) {
    return amount != null && amount.signum() < 0;
  }
}
