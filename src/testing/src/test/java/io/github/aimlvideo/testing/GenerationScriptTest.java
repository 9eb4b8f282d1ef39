package io.github.aimlvideo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GenerationScriptTest {
  private static final GenerationScript COMPLETED = GenerationScript.completed();

  static Stream<Arguments> invalidCalls() {
    Duration negative = Duration.ofSeconds(-1);
    return Stream.of(
        invalid("status is blank", script -> script.status(" ", Duration.ZERO)),
        invalid("duration of queued < 0: PT-1S", script -> script.queued(negative)),
        invalid("latency < 0: PT-1S", script -> script.latency(negative)),
        invalid("status must be from 400 to 599: 399", script -> script.rejectCreate(399, 1)),
        invalid("status must be from 400 to 599: 600", script -> script.rejectPolls(600, 1)),
        invalid("cost < 0: -1", script -> script.cost(BigDecimal.ONE.negate())),
        invalid("delay < 0: PT-1S", script -> script.charge(negative)),
        invalid("charge < 0: -1", script -> script.charge(Duration.ZERO, BigDecimal.ONE.negate())),
        invalid("times < 1: 0", script -> script.rejectDownloads(503, 0)),
        invalid("times < 1: -1", script -> script.truncatePolls(-1)),
        invalid(
            "retryAfter must be whole seconds: PT0.5S",
            script -> script.rejectPolls(429, 1, Duration.ofMillis(500))),
        invalid(
            "retryAfter must be whole seconds: PT-1S",
            script -> script.rejectCreate(429, 1, negative)));
  }

  private static Arguments invalid(String message, UnaryOperator<GenerationScript> call) {
    return arguments(message, call);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalidCalls")
  void rejectsInvalidArguments(String message, UnaryOperator<GenerationScript> call) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> call.apply(COMPLETED))
        .withMessage(message);
  }

  @Test
  void isImmutableAndComparable() {
    GenerationScript script = COMPLETED.queued(Duration.ofSeconds(1)).truncateDownloads(2);

    assertThat(COMPLETED).hasToString("{\"end\":{\"status\":\"completed\"}}");
    assertThat(script)
        .isEqualTo(COMPLETED.queued(Duration.ofSeconds(1)).truncateDownloads(2))
        .hasSameHashCodeAs(COMPLETED.queued(Duration.ofSeconds(1)).truncateDownloads(2))
        .isNotEqualTo(COMPLETED)
        .hasToString(
            "{\"end\":{\"status\":\"completed\"},"
                + "\"states\":[{\"status\":\"queued\",\"seconds\":1.0}],"
                + "\"downloads\":[{\"error\":\"truncated\",\"times\":2}]}");
  }
}
