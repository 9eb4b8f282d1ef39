package io.github.aimlvideo.account;

import io.github.aimlvideo.model.LogStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which requests to list from the vendor's logs: those of a period until now, or between two
 * instants, at most 92 days.
 *
 * @param period until now by the server's clock; empty if there are two instants
 * @param start the first instant; empty if there is a period
 * @param end the last instant; empty if there is a period
 * @param models the names of the models; empty for all
 * @param statuses the final statuses; empty for all
 * @param limit the most requests to return, the newest ones
 */
public record LogQuery(
    Optional<Duration> period,
    Optional<Instant> start,
    Optional<Instant> end,
    List<String> models,
    List<LogStatus> statuses,
    int limit) {
  private static final Duration MAX = Duration.ofDays(92);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the period is not positive or has more than 92 days, if
   *     there is not either a period or two instants, or if the limit is less than 1
   */
  public LogQuery {
    models = List.copyOf(models);
    statuses = List.copyOf(statuses);
    if (start.isPresent() != end.isPresent() || period.isPresent() == start.isPresent()) {
      throw new IllegalArgumentException("the logs need either a period or start and end");
    }
    Duration length = period.orElseGet(() -> Duration.between(start.get(), end.get()));
    if (length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException("period <= 0: " + length);
    }
    if (length.compareTo(MAX) > 0) {
      throw new IllegalArgumentException("period > 92 days: " + length);
    }
    if (limit < 1) throw new IllegalArgumentException("limit < 1: " + limit);
  }

  /** All requests of a period until now, by the server's clock. Rounded up to whole hours. */
  public static LogQuery last(Duration period) {
    Optional<Duration> given = Optional.of(Objects.requireNonNull(period, "period"));
    return new LogQuery(
        given, Optional.empty(), Optional.empty(), List.of(), List.of(), Integer.MAX_VALUE);
  }

  /** All requests between two instants. */
  public static LogQuery between(Instant start, Instant end) {
    return new LogQuery(
        Optional.empty(),
        Optional.of(start),
        Optional.of(end),
        List.of(),
        List.of(),
        Integer.MAX_VALUE);
  }

  /** The same for some models. */
  public LogQuery withModels(List<String> models) {
    return new LogQuery(period, start, end, models, statuses, limit);
  }

  /** The same for some final statuses. */
  public LogQuery withStatuses(List<LogStatus> statuses) {
    return new LogQuery(period, start, end, models, statuses, limit);
  }

  /** The same for the newest requests only. */
  public LogQuery withLimit(int limit) {
    return new LogQuery(period, start, end, models, statuses, limit);
  }
}
