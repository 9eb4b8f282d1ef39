package io.github.aimlvideo;

import java.time.Duration;

/**
 * How often one step is tried, and how long it waits in between.
 *
 * <p>A create is tried again only if it surely did not arrive; a look at a generation is tried
 * until the deadline, whatever {@code tries} says. The server's {@code Retry-After} makes a delay
 * longer, never shorter.
 *
 * @param tries how often at most; at least 1, which means no second try
 * @param firstDelay the delay after the first failure; zero or more
 * @param growth what each further delay is multiplied by; at least 1
 * @param longestDelay where the delays stop growing; not less than {@code firstDelay}
 */
public record RetryPolicy(int tries, Duration firstDelay, double growth, Duration longestDelay) {
  /** Five tries, with delays of about 1, 2, 4 and 8 s; 30 s at most. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(5, Duration.ofSeconds(1), 2, Duration.ofSeconds(30));

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public RetryPolicy {
    if (tries < 1) throw new IllegalArgumentException("tries < 1: " + tries);
    if (firstDelay.isNegative())
      throw new IllegalArgumentException("firstDelay < 0: " + firstDelay);
    if (!(growth >= 1)) throw new IllegalArgumentException("growth < 1: " + growth);
    if (longestDelay.compareTo(firstDelay) < 0) {
      throw new IllegalArgumentException("longestDelay < firstDelay: " + longestDelay);
    }
    if (longestDelay.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("longestDelay > 1 day: " + longestDelay);
    }
  }

  /** The same with another number of tries. */
  public RetryPolicy withTries(int tries) {
    return new RetryPolicy(tries, firstDelay, growth, longestDelay);
  }

  /**
   * The delay after that many failures in a row, the last half of it at random, so that many
   * clients do not come back at the same moment.
   *
   * @param random from 0 to 1
   */
  Duration delay(int failures, double random) {
    double full = firstDelay.toNanos() * Math.pow(growth, Math.min(failures - 1, 1000));
    double capped = Math.min(full, longestDelay.toNanos());
    return Duration.ofNanos((long) (capped * (0.5 + random / 2)));
  }
}
