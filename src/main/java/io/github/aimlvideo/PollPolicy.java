package io.github.aimlvideo;

import java.time.Duration;

/**
 * When to look again, and when to give up.
 *
 * @param interval the time between two looks; 100 ms at least
 * @param deadline the time for everything from the create on, its own duration included; more than
 *     zero. One more look is taken when it comes
 */
public record PollPolicy(Duration interval, Duration deadline) {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofDays(365);

  /** Every 15 s for at most 1000 s, as the vendor's documentation does. */
  public static final PollPolicy DEFAULT =
      new PollPolicy(Duration.ofSeconds(15), Duration.ofSeconds(1000));

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public PollPolicy {
    if (interval.compareTo(SHORTEST) < 0)
      throw new IllegalArgumentException("interval < 100 ms: " + interval);
    if (interval.compareTo(LONGEST) > 0)
      throw new IllegalArgumentException("interval > 365 days: " + interval);
    if (deadline.isNegative() || deadline.isZero())
      throw new IllegalArgumentException("deadline <= 0: " + deadline);
    if (deadline.compareTo(LONGEST) > 0)
      throw new IllegalArgumentException("deadline > 365 days: " + deadline);
  }

  /** The same with another interval. */
  public PollPolicy withInterval(Duration interval) {
    return new PollPolicy(interval, deadline);
  }

  /** The same with another deadline. */
  public PollPolicy withDeadline(Duration deadline) {
    return new PollPolicy(interval, deadline);
  }
}
