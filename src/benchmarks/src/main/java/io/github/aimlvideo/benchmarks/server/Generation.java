package io.github.aimlvideo.benchmarks.server;

/** One generation and how punctually it was polled; times are those of System.nanoTime. */
final class Generation {
  private static final long HELD = Long.MAX_VALUE;

  final String id;
  private final long duration;
  private long endsAt;
  private long seenAt;
  private int polls;
  private int latePolls;
  private long largestGap;
  private long noticedAfter = -1;

  Generation(String id, long duration, boolean held, long now) {
    this.id = id;
    this.duration = duration;
    this.endsAt = held ? HELD : now + duration;
    this.seenAt = now;
  }

  /** Its duration begins now. */
  void release(long now) {
    if (endsAt == HELD) endsAt = now + duration;
  }

  void poll(long now, long lateAfter) {
    if (noticedAfter >= 0) return;
    long gap = now - seenAt;
    if (gap > lateAfter) latePolls++;
    largestGap = Math.max(largestGap, gap);
    polls++;
    seenAt = now;
    if (isCompleted(now)) noticedAfter = now - endsAt;
  }

  boolean isCompleted(long now) {
    return now >= endsAt;
  }

  /** Nobody has polled yet. */
  boolean isQueued() {
    return polls == 0;
  }

  boolean isNoticed() {
    return noticedAfter >= 0;
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

  long noticedAfter() {
    return noticedAfter;
  }
}
