package io.github.aimlvideo.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.DownloadException;
import io.github.aimlvideo.GenerationFailedException;
import io.github.aimlvideo.GenerationInterruptedException;
import io.github.aimlvideo.GenerationTimeoutException;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A user of the library can fake the client and all its exceptions, by its public API alone. */
class FakeClientTest {
  private static final VideoRequest REQUEST = new UntypedVideoRequest("vendor/model");
  private static final VideoGeneration GENERATION =
      VideoGeneration.of(new VideoGenerationResponse().id("abc").status("generating"));

  /** Code of a user that a test covers. */
  private static String generate(VideoClient client) {
    try {
      return client.generate(REQUEST).videoUrl().orElse("no video");
    } catch (GenerationTimeoutException e) {
      return "resume " + e.generationId().orElseThrow() + " after " + e.timeout();
    }
  }

  @Test
  void fakeReturnsAGeneration() {
    assertThat(generate(FakeClient.returning(GENERATION))).isEqualTo("no video");
  }

  @Test
  void fakeThrowsAnException() {
    VideoException timeout =
        new GenerationTimeoutException(GENERATION, Duration.ofSeconds(5), null);

    assertThat(generate(FakeClient.throwing(timeout))).isEqualTo("resume abc after PT5S");
  }

  static Stream<Arguments> exceptions() {
    IOException cause = new IOException("broken");
    return Stream.of(
        Arguments.of(new ApiException(401, "Invalid API key"), "Invalid API key"),
        Arguments.of(
            new ApiException("refused", 403, "req-1", "{}", GENERATION, "mine", null), "refused"),
        Arguments.of(
            new CreateOutcomeUnknownException("timeout", "mine", cause),
            "unknown whether the create was accepted: timeout"),
        Arguments.of(new DownloadException("no space", GENERATION, cause), "no space"),
        Arguments.of(
            new GenerationFailedException(GENERATION), "generation abc failed with status"),
        Arguments.of(
            new GenerationInterruptedException(GENERATION, "interrupted", null),
            "interrupted; generation abc is still running"),
        Arguments.of(
            new GenerationTimeoutException(GENERATION, Duration.ofMillis(1500), cause),
            "generation abc is still running after 1.5 s (status generating);"
                + " the last poll failed: IOException: broken"));
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void everyExceptionCanBeThrown(VideoException exception, String message) {
    assertThatThrownBy(() -> FakeClient.throwing(exception).generate(REQUEST))
        .isSameAs(exception)
        .hasMessageStartingWith(message);
  }

  @Test
  void exceptionsHaveTheirFields() {
    var refused = new ApiException("refused", 403, "req-1", "{}", GENERATION, "mine", null);
    var unknown = new CreateOutcomeUnknownException("timeout", "mine", null);
    var interrupted = new GenerationInterruptedException(GENERATION, "interrupted", null);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.requestId()).contains("req-1");
    assertThat(refused.body()).contains("{}");
    assertThat(refused.generation()).contains(GENERATION);
    assertThat(refused.clientRequestId()).contains("mine");
    assertThat(unknown.reason()).isEqualTo("timeout");
    assertThat(unknown.clientRequestId()).contains("mine");
    assertThat(interrupted.reason()).isEqualTo("interrupted");
    assertThat(interrupted.generationId()).contains("abc");
  }
}
