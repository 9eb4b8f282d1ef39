package io.github.aimlvideo.batch.internal.steps;

import io.github.aimlvideo.PollPolicy;
import java.time.Duration;

/** The poll policy with the duration that the generations of this worker have taken lately. */
final class DurationEstimate {
  private static final int MEMORY = 30;
  private static final Duration MIN = Duration.ofSeconds(1);

  private final PollPolicy given;
  private volatile PollPolicy policy;
  private double logarithm;
  private int weight = 1;

  DurationEstimate(PollPolicy policy) {
    given = policy;
    this.policy = policy;
    logarithm = Math.log(policy.expected().toMillis());
  }

  PollPolicy policy() {
    return policy;
  }

  /** The geometric mean of what was expected and what was seen. */
  synchronized void learn(Duration age) {
    if (given.interval().isPresent() || age.isNegative() || age.isZero()) return;
    weight = Math.min(weight + 1, MEMORY);
    logarithm += (Math.log(age.toMillis()) - logarithm) / weight;
    Duration expected = Duration.ofMillis(Math.round(Math.exp(logarithm)));
    policy = given.withExpected(expected.compareTo(MIN) < 0 ? MIN : expected);
  }
}
