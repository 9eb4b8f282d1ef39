package io.github.aimlvideo.benchmarks.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The generations of one measurement, with uniform durations that are the same in every run. */
final class Generations {
  private static final int SEED = 42;

  /** A poll is late after so many intervals. */
  private static final double LATE = 1.10;

  private final int run;
  private final long shortest;
  private final long longest;
  private final long lateAfter;
  private final Random random = new Random(SEED);
  private final List<Generation> all = new ArrayList<>();
  private boolean held;

  Generations(int run, long intervalMillis, long minMillis, long maxMillis, boolean held) {
    this.run = run;
    this.shortest = TimeUnit.MILLISECONDS.toNanos(minMillis);
    this.longest = TimeUnit.MILLISECONDS.toNanos(maxMillis);
    this.lateAfter = (long) (LATE * TimeUnit.MILLISECONDS.toNanos(intervalMillis));
    this.held = held;
  }

  Generation create(long now) {
    long duration = shortest + (long) (random.nextDouble() * (longest - shortest));
    String id = String.format("nJ8Xcj0YC%04x%08x", run & 0xffff, all.size());
    Generation generation = new Generation(id, duration, held, now);
    all.add(generation);
    return generation;
  }

  /** Returns the polled generation, or null if it is not of this run. */
  Generation poll(String id, long now) {
    if (id.length() != 21 || Integer.parseInt(id, 9, 13, 16) != (run & 0xffff)) return null;
    Generation generation = all.get(Integer.parseInt(id, 13, 21, 16));
    generation.poll(now, lateAfter);
    return generation;
  }

  /** Starts the clocks of held generations. */
  void release(long now) {
    held = false;
    all.forEach(generation -> generation.release(now));
  }

  /** The statistics as JSON, times in seconds. */
  String stats() {
    long[] delays =
        all.stream().filter(Generation::isNoticed).mapToLong(Generation::noticeDelay).toArray();
    Arrays.sort(delays);
    int p99 = (int) Math.ceil(0.99 * delays.length) - 1;
    return String.format(
        Locale.ROOT,
        "{\"created\":%d,\"noticed\":%d,\"polls\":%d,\"latePolls\":%d,\"largestGap\":%.3f,\"noticeP99\":%.3f}",
        all.size(),
        delays.length,
        all.stream().mapToLong(Generation::polls).sum(),
        all.stream().mapToLong(Generation::latePolls).sum(),
        all.stream().mapToLong(Generation::largestGap).max().orElse(0) / 1e9,
        delays.length == 0 ? 0 : delays[p99] / 1e9);
  }
}
