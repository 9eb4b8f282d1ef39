package io.github.aimlvideo.internal.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.internal.core.DurationEstimates;
import io.github.aimlvideo.internal.core.DurationEstimates.Estimate;
import io.github.aimlvideo.internal.core.TrackedGeneration;
import io.github.aimlvideo.internal.values.PollGaps;
import io.github.aimlvideo.model.VideoGenerationResponse;
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
 * median, and compares the polls with the bound that no policy can beat: polls times mean delay is
 * at least half the square of ∫√(f·S) dt, f the density of the end, S the share still running.
 */
class PollScheduleTest {
  private static final double SPREAD = Math.log(1.6) / 1.2815515655;
  private static final int GENERATIONS = 50_000;
  private static final double EXPECTED = 249;
  private static final VideoGeneration GENERATION =
      VideoGeneration.of(new VideoGenerationResponse().id("abc"));

  @ParameterizedTest
  @CsvSource({"124.5, 39.5", "249, 79", "498, 158"})
  void boundScalesWithTheDuration(double median, double bound) {
    assertThat(bound(median)).isCloseTo(bound, within(0.3));
  }

  @Test
  void rightExpectationIsNearTheBound() {
    Cost cost = simulate(PollPolicy.DEFAULT, EXPECTED, expecting(EXPECTED));

    assertThat(cost.polls()).isLessThanOrEqualTo(15);
    assertThat(cost.delay()).isLessThanOrEqualTo(6.5);
    assertThat(cost.product()).isLessThanOrEqualTo(1.10 * bound(EXPECTED));
  }

  @ParameterizedTest
  @ValueSource(doubles = {EXPECTED / 2, EXPECTED * 2})
  void wrongExpectationCostsLittle(double median) {
    Cost cost = simulate(PollPolicy.DEFAULT, median, expecting(EXPECTED));

    assertThat(cost.product()).isLessThanOrEqualTo(1.30 * bound(median));
  }

  @ParameterizedTest
  @ValueSource(doubles = {EXPECTED / 2, EXPECTED * 2})
  void tenGenerationsAreEnoughToLearn(double median) {
    double ratio = 0;
    int lessons = 200; // the mean of many lessons: one of ten generations varies
    for (int lesson = 0; lesson < lessons; lesson++) {
      Random random = new Random(lesson);
      Estimate estimate = expecting(EXPECTED);
      for (int i = 0; i < 10; i++) poll(PollPolicy.DEFAULT, end(median, random), estimate);

      ratio += simulate(PollPolicy.DEFAULT, median, estimate, 2_000).product() / bound(median);
    }

    assertThat(ratio / lessons).isLessThanOrEqualTo(1.10);
  }

  @Test
  void documentedPolicyIsTheBaseline() {
    Cost cost = simulate(PollPolicy.EVERY_15_SECONDS, EXPECTED, expecting(EXPECTED));

    assertThat(cost.polls()).isBetween(18.0, 19.5);
    assertThat(cost.delay()).isBetween(7.3, 7.7);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 10, 60, 249, 1000, 3600, 86_400})
  void noGapIsAboveAMinuteAfterTheExpectedTime(double expected) {
    double age = 0;
    while (age < 4 * expected) {
      double gap = PollGaps.after(expected, age);

      if (age + gap > expected) assertThat(gap).isLessThanOrEqualTo(60);
      assertThat(gap).isPositive();
      age += gap;
    }
  }

  @Test
  void quickFailuresAreSeenSoon() {
    double first = PollGaps.after(EXPECTED, 0);
    double second = first + PollGaps.after(EXPECTED, first);

    assertThat(first).isEqualTo(5);
    assertThat(second).isEqualTo(20);
    assertThat(PollGaps.after(EXPECTED, second)).isGreaterThan(60);
  }

  @Test
  void pollWithoutAResponseIsRetriedWhenDue() {
    PollSchedule schedule = schedule(PollPolicy.DEFAULT, expecting(EXPECTED), 0);
    schedule.polling(nanos(200));
    schedule.seenRunning();
    Duration usual = schedule.delay(nanos(200));
    schedule.polling(nanos(212));

    assertThat(usual).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(14));
    assertThat(schedule.delay(nanos(215))).isZero();
  }

  @Test
  void intervalIsMeasuredBetweenTheStartsOfPolls() {
    PollSchedule schedule = schedule(PollPolicy.EVERY_15_SECONDS, expecting(EXPECTED), 0);
    schedule.polling(nanos(15));

    assertThat(schedule.delay(nanos(17))).isEqualTo(Duration.ofSeconds(13));
    assertThat(schedule.delay(nanos(40))).isZero();
  }

  @Test
  void generationOfUnknownAgeIsPolledEvenly() {
    TrackedGeneration unknown =
        new TrackedGeneration(GENERATION, OptionalLong.empty(), expecting(EXPECTED));
    PollSchedule schedule = new PollSchedule(PollPolicy.DEFAULT, unknown, nanos(7));
    schedule.polling(nanos(100));
    schedule.seenRunning();

    assertThat(schedule.delay(nanos(100)))
        .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(16));
  }

  private static Estimate expecting(double seconds) {
    return new DurationEstimates(Duration.ofNanos(nanos(seconds))).ofUnknown();
  }

  private static PollSchedule schedule(PollPolicy policy, Estimate estimate, long now) {
    return new PollSchedule(
        policy, new TrackedGeneration(GENERATION, OptionalLong.of(0), estimate), now);
  }

  private static double end(double median, Random random) {
    return median * Math.exp(SPREAD * random.nextGaussian());
  }

  /** Polls, without the two early ones, and seconds from the end to the poll that saw it. */
  private record Cost(double polls, double delay) {
    double product() {
      return polls * delay;
    }
  }

  private static Cost simulate(PollPolicy policy, double median, Estimate estimate) {
    return simulate(policy, median, estimate, GENERATIONS);
  }

  /** Nothing is learned on the way. */
  private static Cost simulate(
      PollPolicy policy, double median, Estimate estimate, int generations) {
    Random random = new Random(1);
    double polls = 0;
    double delay = 0;
    for (int i = 0; i < generations; i++) {
      Cost cost = poll(policy, end(median, random), expecting(estimate.seconds()));
      polls += cost.polls();
      delay += cost.delay();
    }
    return new Cost(polls / generations, delay / generations);
  }

  /** One generation from its create to the poll that sees its end. */
  private static Cost poll(PollPolicy policy, double end, Estimate estimate) {
    PollSchedule schedule = schedule(policy, estimate, 0);
    long now = 0;
    int polls = 0;
    while (true) {
      now += schedule.delay(now).toNanos();
      schedule.polling(now);
      double age = now / 1e9;
      boolean early = policy.interval().isEmpty() && (age == 5 || age == 20);
      if (!early) polls++;
      if (age >= end) break;
      schedule.seenRunning();
    }
    schedule.seenCompleted();
    return new Cost(polls, now / 1e9 - end);
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
