package io.github.aimlvideo;

/**
 * When looks are worth their while, where generations take about an expected time; all in seconds.
 *
 * <p>The fewest looks for the least waiting come with gaps proportional to 1/√h, h the hazard rate
 * of the end. Here h grows with the fourth power of the age up to the expected time and stays as it
 * is from there on: the looks come ever denser, and then at an even gap.
 */
final class LookTimes {
  /** What fails quickly is to be seen soon. */
  private static final double[] EARLY = {5, 20};

  /** The even gap is this times the square root of the expected time. */
  private static final double DENSITY = 0.55;

  private static final double SHORTEST_GAP = 1;
  private static final double LONGEST_GAP = 55;

  private LookTimes() {}

  /** From a look at that age to the next. */
  static double gapAfter(double expected, double age) {
    double looks = looks(age / expected) + evenGap(expected) / expected;
    double gap = Math.max(SHORTEST_GAP, age(looks) * expected - age);
    for (double early : EARLY) {
      if (age <= early - SHORTEST_GAP) return Math.min(gap, early - age);
    }
    return gap;
  }

  /** The same where nobody knows the age: the end is as likely now as later. */
  static double gapAtUnknownAge(double expected) {
    return bounded(Math.sqrt(expected));
  }

  private static double evenGap(double expected) {
    return bounded(DENSITY * Math.sqrt(expected));
  }

  private static double bounded(double gap) {
    return Math.max(SHORTEST_GAP, Math.min(LONGEST_GAP, gap));
  }

  /** How many even gaps the looks up to an age are worth; both in units of the expected time. */
  private static double looks(double age) {
    return age < 1 ? age * age * age / 3 : age - 2 / 3.;
  }

  /** The inverse of it. */
  private static double age(double looks) {
    return looks < 1 / 3. ? Math.cbrt(3 * looks) : looks + 2 / 3.;
  }
}
