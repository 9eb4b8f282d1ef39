package io.github.aimlvideo.benchmarks;

import java.time.Duration;
import java.util.List;

/**
 * Generations that are in flight at the same time.
 *
 * @param interval how often each is polled
 * @param shortest how long one runs at least
 * @param longest how long one runs at most
 * @param held all run at least that long before these durations begin; zero for not at all
 * @param warmUps how many small loads come before the measured one at most
 */
record Load(
    int size, Duration interval, Duration shortest, Duration longest, Duration held, int warmUps) {
  static Load parse(List<String> args) {
    return new Load(
        Integer.parseInt(args.get(0)),
        Duration.parse(args.get(1)),
        Duration.parse(args.get(2)),
        Duration.parse(args.get(3)),
        Duration.parse(args.get(4)),
        Integer.parseInt(args.get(5)));
  }

  Object[] args(Object peer, Object url) {
    return new Object[] {peer, url, size, interval, shortest, longest, held, warmUps};
  }

  boolean isHeld() {
    return !held.isZero();
  }

  Load withSize(int size) {
    return new Load(size, interval, shortest, longest, held, warmUps);
  }

  /** A small load that runs the same code, polled as often as possible. */
  Load warmUp() {
    Duration interval = Duration.ofMillis(100);
    Duration longest = Duration.ofSeconds(3);
    return new Load(Math.min(size, 1000), interval, Duration.ZERO, longest, Duration.ZERO, 0);
  }
}
