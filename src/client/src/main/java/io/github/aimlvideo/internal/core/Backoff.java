package io.github.aimlvideo.internal.core;

import io.github.aimlvideo.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The delays of a {@link RetryPolicy}. */
final class Backoff {
  private Backoff() {}

  /**
   * The delay after so many failures in a row, but at least what the server asked for. Its second
   * half is random, so that many clients do not come back at the same moment.
   */
  static Duration delay(RetryPolicy policy, int failures, Duration retryAfter) {
    double random = ThreadLocalRandom.current().nextDouble();
    return Durations.max(delay(policy, failures, random), retryAfter);
  }

  static Duration delay(RetryPolicy policy, int failures, double random) {
    double growth = Math.pow(policy.multiplier(), Math.min(failures - 1, 1000));
    double full = policy.initialDelay().toNanos() * growth;
    double capped = Math.min(full, policy.maxDelay().toNanos());
    return Duration.ofNanos((long) (capped * (0.5 + random / 2)));
  }
}
