package io.github.aimlvideo.benchmarks;

import java.time.Duration;
import java.util.Arrays;

/**
 * How many generations there are at once, how often each is polled and how long it lasts.
 *
 * @param warmUps so many shorter ones go before it at most
 * @param held until then none ends, however short; zero if nothing is held
 */
record Load(
    int warmUps, int size, Duration interval, Duration shortest, Duration longest, Duration held) {
  boolean isHeld() {
    return !held.isZero();
  }

  /** A short one through the same code, polled as often as possible. */
  Load warmUp() {
    return new Load(
        0,
        Math.min(size, 1000),
        Duration.ofMillis(100),
        Duration.ZERO,
        Duration.ofSeconds(3),
        Duration.ZERO);
  }

  Load withSize(int size) {
    return new Load(warmUps, size, interval, shortest, longest, held);
  }

  Object[] args(Object... before) {
    Object[] args = Arrays.copyOf(before, before.length + 6);
    Object[] own = {warmUps, size, interval, shortest, longest, held};
    System.arraycopy(own, 0, args, before.length, own.length);
    return args;
  }

  /** In a JVM that has compiled nothing yet. */
  Load cold() {
    return new Load(0, size, interval, shortest, longest, held);
  }

  static Load parse(String[] args, int at) {
    return new Load(
        Integer.parseInt(args[at]),
        Integer.parseInt(args[at + 1]),
        Duration.parse(args[at + 2]),
        Duration.parse(args[at + 3]),
        Duration.parse(args[at + 4]),
        Duration.parse(args[at + 5]));
  }
}
