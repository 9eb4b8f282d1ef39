package io.github.aimlvideo;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * When to look again, and when to give up.
 *
 * <p>Either at a fixed interval, or as the expected duration suggests: hardly ever at first, but
 * for two early looks at 5 and 20 s that show quick failures; ever more often towards the expected
 * time; at an even gap from there on. The client learns the duration, for each model and {@code
 * duration}, from the generations it sees complete. The server's {@code Retry-After} makes a pause
 * longer, never shorter.
 *
 * @param interval the time from the beginning of one look to that of the next, 100 ms to 365 days;
 *     empty for looks by the expected duration
 * @param expected how long a generation takes, as far as the client has not seen any; 1 s to 365
 *     days
 * @param timeout the time for everything from the create on, its own duration included; more than
 *     zero, at most 365 days. One more look is taken when it comes, none after it
 */
public record PollPolicy(Optional<Duration> interval, Duration expected, Duration timeout) {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofDays(365);

  /**
   * Looks by the expected duration, 249 s unless the client has learned better, for at most 1000 s.
   * The 249 s are those of the run in the vendor's documentation; there it takes 12 looks where a
   * look every 15 s takes 19, and notices the end after 6 s instead of 7.5 s, on average.
   */
  public static final PollPolicy DEFAULT =
      new PollPolicy(Optional.empty(), Duration.ofSeconds(249), Duration.ofSeconds(1000));

  /** Every 15 s for at most 1000 s, as the vendor's documentation does. */
  public static final PollPolicy EVERY_15_SECONDS = DEFAULT.withInterval(Duration.ofSeconds(15));

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public PollPolicy {
    Objects.requireNonNull(timeout, "timeout");
    interval.ifPresent(time -> check("interval", time, SHORTEST));
    check("expected", expected, Duration.ofSeconds(1));
    if (!Durations.isPositive(timeout))
      throw new IllegalArgumentException("timeout <= 0: " + timeout);
    check("timeout", timeout, Duration.ZERO);
  }

  private static void check(String name, Duration time, Duration shortest) {
    Objects.requireNonNull(time, name);
    if (time.compareTo(shortest) < 0)
      throw new IllegalArgumentException(name + " < " + shortest.toMillis() + " ms: " + time);
    if (time.compareTo(LONGEST) > 0)
      throw new IllegalArgumentException(name + " > 365 days: " + time);
  }

  /** The same at a fixed interval. */
  public PollPolicy withInterval(Duration interval) {
    return new PollPolicy(
        Optional.of(Objects.requireNonNull(interval, "interval")), expected, timeout);
  }

  /** The same by the expected duration instead of a fixed interval. */
  public PollPolicy withExpected(Duration expected) {
    return new PollPolicy(Optional.empty(), expected, timeout);
  }

  /** The same with another timeout. */
  public PollPolicy withTimeout(Duration timeout) {
    return new PollPolicy(interval, expected, timeout);
  }
}
