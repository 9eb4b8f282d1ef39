package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.kling.MotionBrush;
import java.awt.Color;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Null arguments that Kotlin would not compile. */
class NullArgumentTest {
  private static final VideoGeneration GENERATION = Samples.generation("{}");
  private static final VideoRequest REQUEST = new UntypedVideoRequest("vendor/model");
  private static final Path FILE = Path.of("target", "null.mp4");

  /** A call with one argument that is null. */
  private interface Call {
    void on(VideoClient client);
  }

  static Stream<Arguments> calls() {
    return Stream.of(
        call("apiKey", client -> VideoClient.builder().apiKey(null)),
        call("baseUrl", client -> VideoClient.builder().baseUrl(null)),
        call("recoveryTimeout", client -> VideoClient.builder().recoveryTimeout(null)),
        call("listener", client -> VideoClient.builder().listener(null)),
        call("scheduler", client -> VideoClient.builder().scheduler(null)),
        call("interval", client -> PollPolicy.DEFAULT.withInterval(null)),
        call("expected", client -> PollPolicy.DEFAULT.withExpected(null)),
        call("timeout", client -> PollPolicy.DEFAULT.withTimeout(null)),
        call("interval", client -> new PollPolicy(null, Duration.ZERO, Duration.ZERO)),
        call("maxDelay", client -> new RetryPolicy(1, Duration.ZERO, 1, null)),
        call("expected", client -> new PollPolicy(Optional.empty(), null, Duration.ZERO)),
        call("model", client -> new UntypedVideoRequest(null)),
        call("name", client -> new UntypedVideoRequest("vendor/model").with(null, "value")),
        call("url", client -> Image.url(null)),
        call("file", client -> Image.file(null)),
        call("bytes", client -> Image.bytes(null)),
        call("uri", client -> Image.of((URI) null)),
        call("stream", client -> Image.of((InputStream) null)),
        call("out", client -> client.download(GENERATION, (OutputStream) null)),
        call("painted", client -> MotionBrush.on(1, 1).withColors(null, Color.BLACK)),
        call("rest", client -> MotionBrush.on(1, 1).withColors(Color.WHITE, null)),
        call("recoveryTimeout", client -> VideoClient.builder().recoveryTimeout(null)),
        call("downloadTimeout", client -> VideoClient.builder().downloadTimeout(null)),
        call("cacheDirectory", client -> VideoClient.builder().cacheDirectory(null)),
        call("request", client -> client.quote(null)),
        call("from", client -> client.account().charges(null, null)),
        call("query", client -> client.account().logs(null)),
        call("request", client -> client.create(null)),
        call("request", client -> client.generateAsync(null)),
        call("clientRequestId", client -> client.create(REQUEST, null)),
        call("clientRequestId", client -> client.recover(null)),
        call("timeout", client -> client.withTimeout(null)),
        call("id", client -> client.get(null)),
        call("id", client -> client.awaitAsync(null)),
        call("file", client -> client.await("abc", null)),
        call("file", client -> client.generate(REQUEST, null)),
        call("file", client -> client.generateAsync(REQUEST, null)),
        call("file", client -> client.awaitAsync("abc", null)),
        call("generation", client -> client.download(null, FILE)),
        call("file", client -> client.downloadAsync(GENERATION, null)));
  }

  private static Arguments call(String name, Call call) {
    return Arguments.of(name, call);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("calls")
  void isNamedAtOnce(String name, Call call) {
    try (VideoClient client =
        VideoClient.builder().apiKey("key").baseUrl("http://127.0.0.1:1").build()) {
      assertThatThrownBy(() -> call.on(client))
          .isInstanceOf(NullPointerException.class)
          .hasMessageContaining(name);
    }
  }
}
