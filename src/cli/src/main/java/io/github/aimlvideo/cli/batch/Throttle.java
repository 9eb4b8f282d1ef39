package io.github.aimlvideo.cli.batch;

import java.time.Duration;

/**
 * How many generations may be in flight, and when the next create may be sent. A refusal (429, 503,
 * no connection) halves the number and stops all creates for a while, longer each time; each
 * accepted create makes it grow again, by one in as many creates as there are. Moments are
 * nanoseconds.
 */
final class Throttle {
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

  private final int most;
  private double allowed;
  private int refusals;
  private boolean refusing;
  private long refusedSince;
  private long closedUntil;

  /** At most so many in flight. */
  Throttle(int most, long now) {
    this.most = most;
    this.allowed = most;
    closedUntil = now;
  }

  /** Whether one more may be sent. */
  boolean allows(int inFlight, long now) {
    return inFlight < (int) allowed && now - closedUntil >= 0;
  }

  /** How long no create may be sent; zero or less if one may. */
  Duration closedFor(long now) {
    return Duration.ofNanos(closedUntil - now);
  }

  void accepted() {
    refusals = 0;
    refusing = false;
    allowed = Math.min(most, allowed + 1 / allowed);
  }

  /** A create was refused for good; returns for how long nothing but that has come. */
  Duration refused(long now) {
    if (!refusing) refusedSince = now;
    refusing = true;
    return Duration.ofNanos(now - refusedSince);
  }

  /** False if creates were stopped already: it was under way then, and says nothing new. */
  boolean slowDown(long now) {
    if (now - closedUntil < 0) return false;
    Duration pause = SHORTEST_PAUSE.multipliedBy(1L << Math.min(refusals, 10));
    refusals++;
    allowed = Math.max(1, allowed / 2);
    closedUntil = now + (pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE).toNanos();
    return true;
  }
}
