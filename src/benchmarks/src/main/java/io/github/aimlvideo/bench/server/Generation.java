package io.github.aimlvideo.bench.server;

/** One generation and how punctually it was looked at; times are those of System.nanoTime. */
final class Generation {
  private static final long HELD = Long.MAX_VALUE;

  final String id;
  private final long duration;
  private long endsAt;
  private long seenAt;
  private int looks;
  private int lateLooks;
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

  void look(long now, long lateAfter) {
    if (noticedAfter >= 0) return;
    long gap = now - seenAt;
    if (gap > lateAfter) lateLooks++;
    largestGap = Math.max(largestGap, gap);
    looks++;
    seenAt = now;
    if (isCompleted(now)) noticedAfter = now - endsAt;
  }

  boolean isCompleted(long now) {
    return now >= endsAt;
  }

  /** Nobody has looked yet. */
  boolean isQueued() {
    return looks == 0;
  }

  boolean isNoticed() {
    return noticedAfter >= 0;
  }

  int looks() {
    return looks;
  }

  int lateLooks() {
    return lateLooks;
  }

  long largestGap() {
    return largestGap;
  }

  long noticedAfter() {
    return noticedAfter;
  }
}
