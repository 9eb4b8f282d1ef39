package io.github.aimlvideo;

import java.time.Duration;

/** What {@link Duration} lacks. */
final class Durations {
  private Durations() {}

  static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  static boolean isPositive(Duration duration) {
    return duration.compareTo(Duration.ZERO) > 0;
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  static Duration ofSeconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
