package io.github.aimlvideo.internal.poll;

import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.internal.core.DurationEstimates.Estimate;
import io.github.aimlvideo.internal.core.Durations;
import io.github.aimlvideo.internal.core.TrackedGeneration;
import io.github.aimlvideo.internal.values.PollGaps;
import java.time.Duration;

/** When to poll one generation next. All moments are the scheduler's nanoseconds. */
final class PollSchedule {
  private final PollPolicy policy;
  private final Estimate estimate;
  private final boolean isAgeKnown;
  private final long createdAt;
  private long polledAt;
  private long seenAt;

  /** For a generation that is polled from {@code now} on. */
  PollSchedule(PollPolicy policy, TrackedGeneration tracked, long now) {
    this.policy = policy;
    estimate = tracked.estimate();
    isAgeKnown = tracked.createdAt().isPresent();
    createdAt = tracked.createdAt().orElse(now);
    polledAt = createdAt;
    seenAt = createdAt;
  }

  /** A poll begins. */
  void polling(long now) {
    polledAt = now;
  }

  /** That poll saw it running. */
  void seenRunning() {
    seenAt = polledAt;
  }

  /** That poll saw it completed. */
  void seenCompleted() {
    if (isAgeKnown) estimate.learn(age(seenAt), age(polledAt));
  }

  /** The delay before the next poll; polls that failed do not put it off. */
  Duration delay(long now) {
    if (policy.interval().isPresent()) {
      Duration elapsed = Duration.ofNanos(now - polledAt);
      return Durations.notNegative(policy.interval().get().minus(elapsed));
    }
    double expected = estimate.seconds();
    double gap =
        isAgeKnown ? PollGaps.after(expected, age(seenAt)) : PollGaps.atUnknownAge(expected);
    return Durations.notNegative(Durations.ofSeconds(gap - seconds(now - seenAt)));
  }

  /** How long a generation of its kind takes. */
  Duration expected() {
    return Durations.ofSeconds(estimate.seconds());
  }

  /** Whether this client created it less than so long ago. */
  boolean isYoungerThan(Duration age, long now) {
    return isAgeKnown && now - createdAt < age.toNanos();
  }

  private double age(long moment) {
    return seconds(moment - createdAt);
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
