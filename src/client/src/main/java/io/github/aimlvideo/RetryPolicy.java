package io.github.aimlvideo;

import java.time.Duration;

/**
 * How often one step is tried, and how long it waits in between.
 *
 * <p>A create is tried again only if it surely did not arrive; a look at a generation is tried
 * until the deadline, whatever {@code maxAttempts} says. The server's {@code Retry-After} makes a
 * delay longer, never shorter.
 *
 * @param maxAttempts how often at most; at least 1, which means no second try
 * @param initialDelay the delay after the first failure; zero or more
 * @param multiplier what each further delay is multiplied by; at least 1
 * @param maxDelay where the delays stop growing; not less than {@code initialDelay}
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

  /**
   * The delay after that many failures in a row, the last half of it at random, so that many
   * clients do not come back at the same moment.
   *
   * @param random from 0 to 1
   */
  Duration delay(int failures, double random) {
    double full = initialDelay.toNanos() * Math.pow(multiplier, Math.min(failures - 1, 1000));
    double capped = Math.min(full, maxDelay.toNanos());
    return Duration.ofNanos((long) (capped * (0.5 + random / 2)));
  }
}
