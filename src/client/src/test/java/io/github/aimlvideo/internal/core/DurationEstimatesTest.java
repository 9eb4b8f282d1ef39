package io.github.aimlvideo.internal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.aimlvideo.UntypedVideoRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationEstimatesTest {
  private final DurationEstimates estimates = new DurationEstimates(Duration.ofSeconds(100));

  @Test
  void estimatesAreByModelAndDuration() {
    UntypedVideoRequest request = new UntypedVideoRequest("a/b");

    assertThat(estimates.of(request, "10")).isSameAs(estimates.of(request, "10"));
    assertThat(estimates.of(request, "10")).isNotSameAs(estimates.of(request, "5"));
    assertThat(estimates.of(request, "10"))
        .isNotSameAs(estimates.of(new UntypedVideoRequest("a/c"), "10"));
  }

  @Test
  void estimateApproachesTheObservedDuration() {
    var estimate = estimates.ofUnknown();

    estimate.learn(390, 410);
    assertThat(estimate.seconds()).isCloseTo(200, within(1.0)); // the geometric mean
    for (int i = 0; i < 100; i++) estimate.learn(390, 410);
    assertThat(estimate.seconds()).isCloseTo(400, within(4.0));
  }

  @Test
  void vagueObservationIsNotLearned() {
    var estimate = estimates.ofUnknown();

    estimate.learn(10, 500);
    estimate.learn(0, 0);

    assertThat(estimate.seconds()).isCloseTo(100, within(0.001));
  }
}
