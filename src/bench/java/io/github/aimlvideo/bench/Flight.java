package io.github.aimlvideo.bench;

import java.time.Duration;
import java.util.Arrays;

/**
 * How many generations there are at once, how often each is looked at and how long it lasts.
 *
 * @param held until then none ends, however short; zero if nothing is held
 */
record Flight(int size, Duration interval, Duration shortest, Duration longest, Duration held) {
  boolean isHeld() {
    return !held.isZero();
  }

  /** A short one through the same code, looked at as often as possible. */
  Flight warmUp() {
    return new Flight(
        Math.min(size, 1000),
        Duration.ofMillis(100),
        Duration.ZERO,
        Duration.ofSeconds(3),
        Duration.ZERO);
  }

  Flight withSize(int size) {
    return new Flight(size, interval, shortest, longest, held);
  }

  Object[] args(Object... before) {
    Object[] args = Arrays.copyOf(before, before.length + 5);
    Object[] own = {size, interval, shortest, longest, held};
    System.arraycopy(own, 0, args, before.length, own.length);
    return args;
  }

  static Flight parse(String[] args, int at) {
    return new Flight(
        Integer.parseInt(args[at]),
        Duration.parse(args[at + 1]),
        Duration.parse(args[at + 2]),
        Duration.parse(args[at + 3]),
        Duration.parse(args[at + 4]));
  }
}
