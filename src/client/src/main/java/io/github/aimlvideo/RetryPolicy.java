package io.github.aimlvideo;

import java.time.Duration;

/**
 * How often one step is attempted, and the delays between attempts.
 *
 * <p>A create is retried only if it definitely did not reach the server. Polls are retried until
 * the timeout, whatever {@code maxAttempts} is. The server's {@code Retry-After} lengthens a delay
 * and never shortens it.
 *
 * @param maxAttempts at least 1, which means no retry
 * @param initialDelay the delay after the first failure; zero or more
 * @param multiplier the factor from one delay to the next; at least 1
 * @param maxDelay the longest delay; not less than {@code initialDelay}, at most a day
 */
public record RetryPolicy(
    int maxAttempts, Duration initialDelay, double multiplier, Duration maxDelay) {
  /** Five maxAttempts, with delays of about 1, 2, 4 and 8 s; 30 s at most. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(5, Duration.ofSeconds(1), 2, Duration.ofSeconds(30));

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public RetryPolicy {
    if (maxAttempts < 1) throw new IllegalArgumentException("maxAttempts < 1: " + maxAttempts);
    if (initialDelay.isNegative())
      throw new IllegalArgumentException("initialDelay < 0: " + initialDelay);
    if (!(multiplier >= 1)) throw new IllegalArgumentException("multiplier < 1: " + multiplier);
    if (maxDelay.compareTo(initialDelay) < 0) {
      throw new IllegalArgumentException("maxDelay < initialDelay: " + maxDelay);
    }
    if (maxDelay.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("maxDelay > 1 day: " + maxDelay);
    }
  }

  /** The same with another number of maxAttempts. */
  public RetryPolicy withMaxAttempts(int maxAttempts) {
    return new RetryPolicy(maxAttempts, initialDelay, multiplier, maxDelay);
  }
}
