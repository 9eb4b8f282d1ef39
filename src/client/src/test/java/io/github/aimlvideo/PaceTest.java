package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Simulates generations whose ends are spread log-normally, nine of ten within 1.6 times the
 * median, and holds the looks against the bound that no policy can beat: looks times mean delay is
 * at least half the square of ∫√(f·S) dt, f the density of the end, S the share still running.
 */
class PaceTest {
  private static final double SPREAD = Math.log(1.6) / 1.2815515655;
  private static final int GENERATIONS = 50_000;
  private static final double EXPECTED = 249;

  @ParameterizedTest
  @CsvSource({"124.5, 39.5", "249, 79", "498, 158"})
  void boundScalesWithTheDuration(double median, double bound) {
    assertThat(bound(median)).isCloseTo(bound, within(0.3));
  }

  @Test
  void rightExpectationIsNearTheBound() {
    Cost cost = simulate(PollPolicy.DEFAULT, EXPECTED, known(EXPECTED));

    assertThat(cost.looks()).isLessThanOrEqualTo(15);
    assertThat(cost.delay()).isLessThanOrEqualTo(6.5);
    assertThat(cost.product()).isLessThanOrEqualTo(1.10 * bound(EXPECTED));
  }

  @ParameterizedTest
  @ValueSource(doubles = {EXPECTED / 2, EXPECTED * 2})
  void wrongExpectationCostsLittle(double median) {
    Cost cost = simulate(PollPolicy.DEFAULT, median, known(EXPECTED));

    assertThat(cost.product()).isLessThanOrEqualTo(1.30 * bound(median));
  }

  @ParameterizedTest
  @ValueSource(doubles = {EXPECTED / 2, EXPECTED * 2})
  void tenGenerationsTeachIt(double median) {
    double ratio = 0;
    int lessons = 200; // ten generations are few; the mean over many tens is what to expect
    for (int lesson = 0; lesson < lessons; lesson++) {
      Random random = new Random(lesson);
      Lengths lengths = known(EXPECTED);
      for (int i = 0; i < 10; i++) follow(PollPolicy.DEFAULT, end(median, random), lengths);

      ratio += simulate(PollPolicy.DEFAULT, median, lengths, 2_000).product() / bound(median);
    }

    assertThat(ratio / lessons).isLessThanOrEqualTo(1.10);
  }

  @Test
  void documentedPolicyIsWhatItIsHeldAgainst() {
    Cost cost = simulate(PollPolicy.EVERY_15_SECONDS, EXPECTED, known(EXPECTED));

    assertThat(cost.looks()).isBetween(18.0, 19.5);
    assertThat(cost.delay()).isBetween(7.3, 7.7);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 10, 60, 249, 1000, 3600, 86_400})
  void noGapIsAboveAMinuteAfterTheExpectedTime(double expected) {
    double age = 0;
    while (age < 4 * expected) {
      double gap = LookTimes.gapAfter(expected, age);

      if (age + gap > expected) assertThat(gap).isLessThanOrEqualTo(60);
      assertThat(gap).isPositive();
      age += gap;
    }
  }

  @Test
  void quickFailuresShowSoon() {
    double first = LookTimes.gapAfter(EXPECTED, 0);
    double second = first + LookTimes.gapAfter(EXPECTED, first);

    assertThat(first).isEqualTo(5);
    assertThat(second).isEqualTo(20);
    assertThat(LookTimes.gapAfter(EXPECTED, second)).isGreaterThan(60);
  }

  @Test
  void unansweredLookIsNoReasonToWait() {
    Pace pace = pace(PollPolicy.DEFAULT, known(EXPECTED), 0);
    pace.looking(nanos(200));
    pace.seenRunning();
    Duration usual = pace.untilNext(nanos(200));
    pace.looking(nanos(212));

    assertThat(usual).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(14));
    assertThat(pace.untilNext(nanos(215))).isZero();
  }

  @Test
  void intervalLiesBetweenTheBeginningsOfLooks() {
    Pace pace = pace(PollPolicy.EVERY_15_SECONDS, known(EXPECTED), 0);
    pace.looking(nanos(15));

    assertThat(pace.untilNext(nanos(17))).isEqualTo(Duration.ofSeconds(13));
    assertThat(pace.untilNext(nanos(40))).isZero();
  }

  @Test
  void generationOfUnknownAgeIsLookedAtEvenly() {
    Known foreign =
        new Known(VideoGeneration.unseen("a", null), OptionalLong.empty(), known(EXPECTED));
    Pace pace = new Pace(PollPolicy.DEFAULT, foreign, nanos(7));
    pace.looking(nanos(100));
    pace.seenRunning();

    assertThat(pace.untilNext(nanos(100)))
        .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(16));
  }

  private static Lengths known(double expected) {
    return new Lengths(expected, 1);
  }

  private static Pace pace(PollPolicy polls, Lengths lengths, long now) {
    Known known = new Known(VideoGeneration.unseen("a", null), OptionalLong.of(0), lengths);
    return new Pace(polls, known, now);
  }

  private static double end(double median, Random random) {
    return median * Math.exp(SPREAD * random.nextGaussian());
  }

  /** Looks, without the two early ones, and seconds from the end to the look that saw it. */
  private record Cost(double looks, double delay) {
    double product() {
      return looks * delay;
    }
  }

  private static Cost simulate(PollPolicy polls, double median, Lengths lengths) {
    return simulate(polls, median, lengths, GENERATIONS);
  }

  /** Nothing is learned on the way. */
  private static Cost simulate(PollPolicy polls, double median, Lengths lengths, int generations) {
    Random random = new Random(1);
    double looks = 0;
    double delay = 0;
    for (int i = 0; i < generations; i++) {
      Lengths copy = new Lengths(lengths.expected(), lengths.weight());
      Cost cost = follow(polls, end(median, random), copy);
      looks += cost.looks();
      delay += cost.delay();
    }
    return new Cost(looks / generations, delay / generations);
  }

  /** One generation from its create to the look that sees its end. */
  private static Cost follow(PollPolicy polls, double end, Lengths lengths) {
    Pace pace = pace(polls, lengths, 0);
    long now = 0;
    int looks = 0;
    while (true) {
      now += pace.untilNext(now).toNanos();
      pace.looking(now);
      double age = now / 1e9;
      boolean early = polls.interval().isEmpty() && (age == 5 || age == 20);
      if (!early) looks++;
      if (age >= end) break;
      pace.seenRunning();
    }
    pace.seenCompleted();
    return new Cost(looks, now / 1e9 - end);
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }

  private static double bound(double median) {
    double integral = 0;
    double step = median / 2000;
    double running = 1;
    DoubleUnaryOperator density =
        t ->
            Math.exp(-Math.pow(Math.log(t / median) / SPREAD, 2) / 2)
                / (t * SPREAD * Math.sqrt(2 * Math.PI));
    for (double t = step / 2; t < 12 * median; t += step) {
      double f = density.applyAsDouble(t);
      integral += Math.sqrt(f * Math.max(0, running - f * step / 2)) * step;
      running -= f * step;
    }
    return integral * integral / 2;
  }
}
