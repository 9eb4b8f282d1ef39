package io.github.aimlvideo;

import io.github.aimlvideo.internal.values.PollGaps;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * When to poll, and when to give up.
 *
 * <p>Either at a fixed interval, or by the expected duration of a generation: rarely at first,
 * except for two early polls at 5 and 20 s that reveal quick failures, ever more often towards the
 * expected time, and evenly after it. The client learns the duration from the generations that it
 * sees complete, for each model and {@code duration}. The server's {@code Retry-After} lengthens a
 * pause and never shortens it.
 *
 * @param interval the time from the start of one poll to that of the next, 100 ms to 365 days;
 *     empty to poll by the expected duration
 * @param expected how long a generation takes until the client has seen one, 1 s to 365 days
 * @param timeout the time for everything from the create on, including it; more than zero, at most
 *     365 days. The client polls once more when it is over
 */
public record PollPolicy(Optional<Duration> interval, Duration expected, Duration timeout) {
  private static final Duration MIN_INTERVAL = Duration.ofMillis(100);
  private static final Duration MAX = Duration.ofDays(365);

  /**
   * Polls by the expected duration, at first 249 s, for at most 1000 s. The 249 s are those of the
   * run in the vendor's documentation; for it this policy polls 13 times and notices the end 6 s
   * late on average, where a poll every 15 s needs 19 and is 7.5 s late.
   */
  public static final PollPolicy DEFAULT =
      new PollPolicy(Optional.empty(), Duration.ofSeconds(249), Duration.ofSeconds(1000));

  /** Every 15 s for at most 1000 s, as in the vendor's documentation. */
  public static final PollPolicy EVERY_15_SECONDS = DEFAULT.withInterval(Duration.ofSeconds(15));

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public PollPolicy {
    Objects.requireNonNull(timeout, "timeout");
    interval.ifPresent(time -> check("interval", time, MIN_INTERVAL));
    check("expected", expected, Duration.ofSeconds(1));
    if (!(timeout.compareTo(Duration.ZERO) > 0))
      throw new IllegalArgumentException("timeout <= 0: " + timeout);
    check("timeout", timeout, Duration.ZERO);
  }

  private static void check(String name, Duration time, Duration min) {
    Objects.requireNonNull(time, name);
    if (time.compareTo(min) < 0)
      throw new IllegalArgumentException(name + " < " + min.toMillis() + " ms: " + time);
    if (time.compareTo(MAX) > 0) throw new IllegalArgumentException(name + " > 365 days: " + time);
  }

  /** The same policy with a fixed interval. */
  public PollPolicy withInterval(Duration interval) {
    return new PollPolicy(
        Optional.of(Objects.requireNonNull(interval, "interval")), expected, timeout);
  }

  /** The same policy by another expected duration, without a fixed interval. */
  public PollPolicy withExpected(Duration expected) {
    return new PollPolicy(Optional.empty(), expected, timeout);
  }

  /** The same policy with another timeout. */
  public PollPolicy withTimeout(Duration timeout) {
    return new PollPolicy(interval, expected, timeout);
  }

  /**
   * The delay from a poll that saw a generation running to the next one, for a caller that polls by
   * itself. The timeout does not shorten it, and the policy does not learn: see {@link
   * #withExpected}.
   *
   * @param age the time from the create to that poll
   * @throws IllegalArgumentException if the age is negative
   */
  public Duration delayAfter(Duration age) {
    if (age.isNegative()) throw new IllegalArgumentException("age < 0: " + age);
    if (interval.isPresent()) return interval.get();
    double gap = PollGaps.after(expected.toNanos() / 1e9, age.toNanos() / 1e9);
    return Duration.ofNanos(Math.round(gap * 1e9));
  }
}
