package io.github.aimlvideo.cli.batch;

import java.time.Duration;

/**
 * Limits the generations in flight and pauses creates. A rejection (429, 503, no connection) halves
 * the limit and pauses all creates, longer each time; accepted creates raise the limit again, by
 * one for each limit's worth of creates. Times are in nanoseconds.
 */
final class CreateThrottle {
  private static final Duration MIN_PAUSE = Duration.ofSeconds(5);
  private static final Duration MAX_PAUSE = Duration.ofMinutes(2);

  private final int max;
  private double limit;
  private int rejections;
  private boolean rejecting;
  private long rejectingSince;
  private long pausedUntil;

  /**
   * @param max generations in flight
   */
  CreateThrottle(int max, long now) {
    this.max = max;
    this.limit = max;
    pausedUntil = now;
  }

  /** Whether one more create can be sent. */
  boolean allows(int inFlight, long now) {
    return inFlight < (int) limit && now - pausedUntil >= 0;
  }

  /** The rest of the pause; zero or less without one. */
  Duration pausedFor(long now) {
    return Duration.ofNanos(pausedUntil - now);
  }

  void accepted() {
    rejections = 0;
    rejecting = false;
    limit = Math.min(max, limit + 1 / limit);
  }

  /** A create was rejected after all attempts; returns how long all creates have been rejected. */
  Duration rejected(long now) {
    if (!rejecting) rejectingSince = now;
    rejecting = true;
    return Duration.ofNanos(now - rejectingSince);
  }

  /** Starts a pause; false if there is one, as the create was sent before it. */
  boolean slowDown(long now) {
    if (now - pausedUntil < 0) return false;
    Duration pause = MIN_PAUSE.multipliedBy(1L << Math.min(rejections, 10));
    rejections++;
    limit = Math.max(1, limit / 2);
    pausedUntil = now + (pause.compareTo(MAX_PAUSE) < 0 ? pause : MAX_PAUSE).toNanos();
    return true;
  }
}
