package examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.GenerationFailedException;
import io.github.aimlvideo.GenerationTimeoutException;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import io.github.aimlvideo.testing.GenerationScript;
import io.github.aimlvideo.testing.VideoApiMockExtension;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Metrics and traces of the client. */
class ObservabilityTest {
  @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();

  @RegisterExtension
  static final OpenTelemetryExtension telemetry = OpenTelemetryExtension.create();

  private static final PollPolicy QUICK = PollPolicy.DEFAULT.withInterval(Duration.ofMillis(100));

  @TempDir Path folder;

  @Test
  void micrometerCountsRequestsAndGenerations() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    mock.nextGeneration(GenerationScript.completed().rejectPolls(503, 1));

    try (VideoClient client = connect(MetricsExample.builder(meters).pollPolicy(QUICK))) {
      client.generate(request(), folder.resolve("video.mp4"));
      client.generate(request(), folder.resolve("another.mp4"));
    }

    assertThat(meters.get("aiml.created").counter().count()).isEqualTo(2);
    assertThat(meters.get("aiml.ended").tag("status", "completed").counter().count()).isEqualTo(2);
    assertThat(meters.get("aiml.downloaded").timer().count()).isEqualTo(2);
    assertThat(meters.get("aiml.http").tag("method", "POST").timer().count()).isEqualTo(2);
    assertThat(meters.get("aiml.http").tag("status", "503").timer().count()).isEqualTo(1);
    assertThat(meters.get("aiml.http").timers())
        .extracting(timer -> timer.getId().getTag("uri"))
        .containsOnly("/v2/video/generations", "video");
  }

  @Test
  void openTelemetryHasASpanForEachGenerationAndRequest() {
    mock.nextGeneration(
        GenerationScript.failed("content_policy", "The image shows a fish.")
            .generating(Duration.ofSeconds(1)));

    try (VideoClient client = connect(traced())) {
      assertThatThrownBy(() -> client.generate(request()))
          .isInstanceOf(GenerationFailedException.class);
    }

    SpanData generation = generationSpan();
    assertThat(telemetry.getSpans()).filteredOn(span -> span.getName().equals("POST")).hasSize(1);
    assertThat(generation.getEvents())
        .extracting(EventData::getName)
        .contains("generating", "error");
    assertThat(generation.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(generation.getStatus().getDescription()).contains("The image shows a fish.");
  }

  @Test
  void aSpanEndsWhenTheWaitTimesOut() {
    mock.nextGeneration(GenerationScript.completed().generating(Duration.ofSeconds(60)));

    try (VideoClient client =
        connect(traced().pollPolicy(QUICK.withTimeout(Duration.ofSeconds(5))))) {
      String id = client.create(request()).id();
      assertThatThrownBy(() -> client.await(id)).isInstanceOf(GenerationTimeoutException.class);
    }

    assertThat(generationSpan().hasEnded()).isTrue();
    assertThat(generationSpan().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
  }

  @Test
  void theContextIsSentToTheApiOnly() throws IOException {
    Map<String, Boolean> hasContext = new HashMap<>();
    OkHttpClient http =
        new OkHttpClient.Builder()
            .addInterceptor(new TracingInterceptor(telemetry.getOpenTelemetry(), "127.0.0.1"))
            .addInterceptor(
                chain -> {
                  Request request = chain.request();
                  hasContext.put(request.url().host(), request.header("traceparent") != null);
                  return chain.proceed(request);
                })
            .build();

    for (String host : List.of("127.0.0.1", "localhost")) {
      String url = mock.baseUrl().replace("127.0.0.1", host);
      http.newCall(new Request.Builder().url(url).build()).execute().close();
    }

    assertThat(hasContext)
        .containsOnly(Map.entry("127.0.0.1", true), Map.entry("localhost", false));
  }

  private static VideoClientBuilder traced() {
    return TracingExample.builder(telemetry.getOpenTelemetry(), "127.0.0.1").pollPolicy(QUICK);
  }

  private static SpanData generationSpan() {
    return telemetry.getSpans().stream()
        .filter(span -> span.getName().equals("video generation"))
        .findFirst()
        .orElseThrow();
  }

  private static VideoClient connect(VideoClientBuilder builder) {
    return builder.baseUrl(mock.baseUrl()).apiKey(mock.apiKey()).build();
  }

  private static VideoRequest request() {
    return new KlingVideoV1StandardImageToVideoRequest()
        .imageUrl(Image.url("https://example.com/boat.jpg"))
        .prompt("The boat sails on.");
  }
}
