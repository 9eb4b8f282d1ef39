package io.github.aimlvideo.internal.core;

import java.time.Duration;

/** Comparisons and conversions that {@link Duration} lacks. */
public final class Durations {
  private Durations() {}

  /** The longer of two. */
  public static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /** The shorter of two. */
  public static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  /** Zero instead of a negative duration. */
  public static Duration notNegative(Duration duration) {
    return max(duration, Duration.ZERO);
  }

  /** From seconds with a fraction. */
  public static Duration ofSeconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
