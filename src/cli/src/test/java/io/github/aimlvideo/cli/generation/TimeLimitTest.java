package io.github.aimlvideo.cli.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.aimlvideo.ApiException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimeLimitTest {
  private final CountDownLatch interrupted = new CountDownLatch(1);

  @Test
  void resultIsReturned() {
    assertThat(TimeLimit.<String>within(Duration.ofMinutes(1), "it", () -> "done"))
        .isEqualTo("done");
  }

  @Test
  void slowCallIsInterrupted() throws Exception {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> TimeLimit.within(Duration.ofMillis(20), "the catalogue", this::stall))
        .withMessage("the catalogue did not come within 20ms");
    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whateverFailsIsAFailureOfTheApi() {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(
            () ->
                TimeLimit.within(
                    Duration.ofMinutes(1),
                    "the catalogue",
                    () -> {
                      throw new StackOverflowError("too deep");
                    }))
        .withMessage("the catalogue cannot be read: too deep");
  }

  @Test
  void interruptionStaysSet() throws Exception {
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> TimeLimit.within(Duration.ofMinutes(1), "the catalogue", this::stall))
        .withMessage("interrupted before anything was sent");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
  }

  private String stall() {
    try {
      new CountDownLatch(1).await();
      return "never";
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw new IllegalStateException(e);
    }
  }
}
