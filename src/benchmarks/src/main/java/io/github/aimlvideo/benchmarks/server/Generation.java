package io.github.aimlvideo.benchmarks.server;

/** One generation and how punctually it is polled; times are those of System.nanoTime. */
final class Generation {
  private static final long HELD = Long.MAX_VALUE;
  private static final long NOT_NOTICED = -1;

  final String id;
  private final long duration;
  private long endsAt;
  private long polledAt;
  private int polls;
  private int latePolls;
  private long largestGap;
  private long noticeDelay = NOT_NOTICED;

  Generation(String id, long duration, boolean held, long now) {
    this.id = id;
    this.duration = duration;
    this.endsAt = held ? HELD : now + duration;
    this.polledAt = now;
  }

  /** Starts the clock of a held generation. */
  void release(long now) {
    if (endsAt == HELD) endsAt = now + duration;
  }

  void poll(long now, long lateAfter) {
    if (isNoticed()) return;
    long gap = now - polledAt;
    if (gap > lateAfter) latePolls++;
    largestGap = Math.max(largestGap, gap);
    polls++;
    polledAt = now;
    if (isCompleted(now)) noticeDelay = now - endsAt;
  }

  boolean isCompleted(long now) {
    return now >= endsAt;
  }

  /** Queued until the first poll. */
  boolean isQueued() {
    return polls == 0;
  }

  /** Whether a poll has seen the end. */
  boolean isNoticed() {
    return noticeDelay != NOT_NOTICED;
  }

  /** How long after the end a poll has seen it. */
  long noticeDelay() {
    return noticeDelay;
  }

  int polls() {
    return polls;
  }

  int latePolls() {
    return latePolls;
  }

  long largestGap() {
    return largestGap;
  }
}
