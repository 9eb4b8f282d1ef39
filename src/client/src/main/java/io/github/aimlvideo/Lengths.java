package io.github.aimlvideo;

/**
 * How long the generations of one kind take: first what is expected, then the geometric mean of
 * that and what has been seen, the last thirty weighing most. Safe for several threads.
 */
final class Lengths {
  private static final int MEMORY = 30;

  private double logarithm;
  private int weight;

  /** So many seconds, known from {@code weight} generations. */
  Lengths(double seconds, int weight) {
    this.logarithm = Math.log(seconds);
    this.weight = weight;
  }

  /** Seconds. */
  synchronized double expected() {
    return Math.exp(logarithm);
  }

  /** How many generations this is known from, the expectation being one. */
  synchronized int weight() {
    return weight;
  }

  /**
   * Learns from a generation that ended between two looks, unless they were too far apart to tell
   * anything but that it may be as expected.
   *
   * @param before its age in seconds when it was last seen running
   * @param after its age when it was seen completed
   */
  synchronized void learn(double before, double after) {
    boolean vague = after - before > after / 2 && after > expected();
    if (after <= 0 || vague) return;
    weight = Math.min(weight + 1, MEMORY);
    logarithm += (Math.log((before + after) / 2) - logarithm) / weight;
  }
}
