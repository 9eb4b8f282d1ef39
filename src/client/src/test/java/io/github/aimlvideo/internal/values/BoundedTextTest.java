package io.github.aimlvideo.internal.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.DownloadException;
import io.github.aimlvideo.GenerationFailedException;
import io.github.aimlvideo.GenerationInterruptedException;
import io.github.aimlvideo.GenerationTimeoutException;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.fixture.Server;
import io.github.aimlvideo.kling.MotionBrush;
import io.github.aimlvideo.model.GenerationError;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However long a value is that somebody gives, no message and no {@code toString} is. */
class BoundedTextTest {
  private static final String LONG = "iVBORw0KGgo/".repeat(33_334); // 400 kB
  private static final String KLING = "kling-video/v1/standard/image-to-video";

  /** Returns a text, or throws an exception with a message. */
  private interface Speaker {
    Object text() throws Exception;
  }

  static Stream<Arguments> speakers() {
    return Stream.of(inputs(), texts(), failures()).flatMap(all -> all);
  }

  private static Stream<Arguments> inputs() {
    return Stream.of(
        speaker("URL", () -> Image.url("ftp://" + LONG)),
        speaker("data URI without a comma", () -> Image.url("data:image/png;base64" + LONG)),
        speaker("long type", () -> Image.url("data:" + LONG + ",")),
        speaker("wrong data URI", () -> Image.url("data:image/png;base64,%" + LONG)),
        speaker("file", () -> Image.file(Path.of(LONG))),
        speaker("client request id", client -> client.create(Samples.minimal(), LONG)),
        speaker("base URL", () -> VideoClient.builder().baseUrl(LONG)),
        speaker(
            "base URL that is no https", () -> VideoClient.builder().baseUrl("http://a/" + LONG)),
        speaker("target", client -> client.generate(Samples.minimal(), Path.of(LONG))),
        speaker("image as a number", () -> kling("duration", "data:," + LONG)),
        speaker("text as an image", () -> kling("image_url", "?" + LONG)),
        speaker("text as an object", () -> kling("camera_control", LONG)),
        speaker("list as a text", () -> kling("prompt", List.of(LONG, LONG))),
        speaker("map as a text", () -> kling("prompt", Map.of(LONG, LONG))),
        speaker("unknown property", () -> kling(LONG, 1)),
        speaker("many violations", () -> kling("dynamic_masks", Collections.nCopies(9999, 1))),
        speaker("nested property", () -> kling("camera_control", Map.of(LONG, 1))),
        speaker("model", client -> client.create(modelled(LONG))),
        speaker("size unknown", () -> MotionBrush.on(Image.url("https://a/" + LONG))));
  }

  private static VideoRequest modelled(String model) {
    var request = Samples.minimal();
    request.setModel(model);
    return request;
  }

  private static UntypedVideoRequest kling(String name, Object value) {
    UntypedVideoRequest request = new UntypedVideoRequest(KLING).with(name, value);
    assertThat(request.violations()).allSatisfy(BoundedTextTest::isBounded);
    request.toTyped();
    return request;
  }

  private static Stream<Arguments> texts() {
    return Stream.of(
        speaker("URL", () -> Image.url("https://a/" + LONG)),
        speaker("Base64", () -> Image.url(LONG)),
        speaker("data URI", () -> Image.url("data:image/avif;base64," + LONG)),
        speaker("untyped", () -> new UntypedVideoRequest(LONG).with(LONG, LONG)),
        speaker("typed", () -> Samples.full().prompt(LONG).negativePrompt(LONG)),
        speaker("id", () -> VideoGeneration.of(LONG, "queued", null)),
        speaker("status", () -> VideoGeneration.of("abc", LONG, LONG)),
        speaker("error", () -> GENERATION),
        speaker("response", () -> new VideoGenerationResponse().id(LONG).status(LONG)));
  }

  private static final VideoGeneration GENERATION =
      VideoGeneration.of(
          new VideoGenerationResponse()
              .id("abc")
              .status(LONG)
              .error(new GenerationError().message(LONG)));

  private static Stream<Arguments> failures() {
    IOException cause = new IOException(LONG);
    return Stream.of(
            new ApiException(400, LONG),
            new ApiException(
                LONG + " (generation abc)", 403, LONG, LONG, GENERATION, "mine", cause),
            new CreateOutcomeUnknownException(LONG, "mine", cause),
            new DownloadException(LONG, GENERATION, cause),
            new GenerationFailedException(GENERATION),
            new GenerationInterruptedException(GENERATION, LONG, cause),
            new GenerationTimeoutException(GENERATION, Duration.ofSeconds(5), cause))
        .map(failure -> speaker(failure.getClass().getSimpleName(), failure::toString));
  }

  private static Arguments speaker(String name, Speaker speaker) {
    return Arguments.of(name, speaker);
  }

  private interface Call {
    Object on(VideoClient client) throws Exception;
  }

  private static Arguments speaker(String name, Call call) {
    return speaker(
        name,
        () -> {
          try (Server server = new Server();
              VideoClient client = server.client().build()) {
            return call.on(client);
          }
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("speakers")
  void textIsBounded(String name, Speaker speaker) {
    Object[] text = new Object[1];
    Throwable failure = catchThrowable(() -> text[0] = speaker.text());

    isBounded(failure == null ? text[0].toString() : failure.getMessage());
  }

  private static void isBounded(String text) {
    assertThat(text.length()).as(text.substring(0, Math.min(300, text.length()))).isLessThan(2200);
    assertThat(text.lines()).hasSize(1);
  }

  @Test
  void beginningAndEndOfAMessageAreKept() {
    String message = ShortText.message("refused: " + LONG + " (generation abc)");

    assertThat(message)
        .startsWith("refused: iVBOR")
        .endsWith(" (generation abc)")
        .hasSizeLessThan(2001);
    assertThat(message).contains("... (400034 characters) ...");
    assertThat(ShortText.message("x".repeat(2000))).hasSize(2000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1380, 1381, 100})
  void noCharacterIsCutInTwo(int before) {
    String text = "x".repeat(before) + "\uD83E\uDD8A".repeat(9000);

    for (String shown :
        List.of(ShortText.message(text), ShortText.value(text.substring(before - 99)))) {
      assertThat(shown.codePoints()).noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }
  }
}
