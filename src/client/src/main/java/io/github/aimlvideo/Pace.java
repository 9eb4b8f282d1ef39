package io.github.aimlvideo;

import java.time.Duration;
import java.util.OptionalLong;

/** When to look at one generation next. All moments are nanoseconds of the timer. */
final class Pace {
  private final PollPolicy polls;
  private final Lengths lengths;
  private final OptionalLong createdAt;
  private long lookedAt;
  private long seenAt;

  /** For a generation that is followed from {@code now} on. */
  Pace(PollPolicy polls, Known known, long now) {
    this.polls = polls;
    this.lengths = known.lengths();
    this.createdAt = known.createdAt();
    lookedAt = createdAt.orElse(now);
    seenAt = lookedAt;
  }

  /** A look begins. */
  void looking(long now) {
    lookedAt = now;
  }

  /** The answer to that look was that it still runs. */
  void seenRunning() {
    seenAt = lookedAt;
  }

  /** The answer to that look was that it is completed. */
  void seenCompleted() {
    if (createdAt.isPresent()) lengths.learn(age(seenAt), age(lookedAt));
  }

  /** The pause before the next look; what no look has seen does not put it off. */
  Duration untilNext(long now) {
    if (polls.interval().isPresent()) {
      Duration since = Duration.ofNanos(now - lookedAt);
      return Durations.longer(polls.interval().get().minus(since), Duration.ZERO);
    }
    double expected = lengths.expected();
    double gap =
        createdAt.isPresent()
            ? LookTimes.gapAfter(expected, age(seenAt))
            : LookTimes.gapAtUnknownAge(expected);
    return Durations.longer(Durations.ofSeconds(gap - seconds(now - seenAt)), Duration.ZERO);
  }

  /** How long a generation of its kind takes. */
  Duration expected() {
    return Durations.ofSeconds(lengths.expected());
  }

  private double age(long moment) {
    return seconds(moment - createdAt.getAsLong());
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
