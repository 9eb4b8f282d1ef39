package io.github.aimlvideo.internal.values;

/**
 * The time from one poll to the next, where generations take about an expected time. All times are
 * seconds.
 *
 * <p>The best trade of polls for waiting are gaps proportional to 1/√h, where h is the hazard rate
 * of the end. Here h grows with the fourth power of the age up to the expected time and is constant
 * after it: polls become ever denser, and then evenly spaced.
 */
public final class PollGaps {
  /** Quick failures should be seen soon. */
  private static final double[] EARLY = {5, 20};

  /** The even gap is this times the square root of the expected time. */
  private static final double DENSITY = 0.55;

  private static final double MIN_GAP = 1;
  private static final double MAX_GAP = 55;

  private PollGaps() {}

  /** After a poll at an age. */
  public static double after(double expected, double age) {
    double polls = polls(age / expected) + evenGap(expected) / expected;
    double gap = Math.max(MIN_GAP, age(polls) * expected - age);
    for (double early : EARLY) {
      if (age <= early - MIN_GAP) return Math.min(gap, early - age);
    }
    return gap;
  }

  /** If the age is unknown: the end is as likely now as later. */
  public static double atUnknownAge(double expected) {
    return bounded(Math.sqrt(expected));
  }

  private static double evenGap(double expected) {
    return bounded(DENSITY * Math.sqrt(expected));
  }

  private static double bounded(double gap) {
    return Math.max(MIN_GAP, Math.min(MAX_GAP, gap));
  }

  /** The polls up to an age, in even gaps; both in units of the expected time. */
  private static double polls(double age) {
    return age < 1 ? age * age * age / 3 : age - 2 / 3.;
  }

  /** The inverse of it. */
  private static double age(double polls) {
    return polls < 1 / 3. ? Math.cbrt(3 * polls) : polls + 2 / 3.;
  }
}
