package examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.GenerationFailedException;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import io.github.aimlvideo.testing.Life;
import io.github.aimlvideo.testing.VideoApiMock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What Micrometer and OpenTelemetry see of the client. */
class ObservedTest {
  @RegisterExtension static final VideoApiMock mock = new VideoApiMock();

  @RegisterExtension
  static final OpenTelemetryExtension telemetry = OpenTelemetryExtension.create();

  @TempDir Path folder;

  @Test
  void micrometerCountsCallsAndGenerations() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    mock.nextGeneration(Life.completed().looksRefused(503, 1));

    try (VideoClient client = quick(Metered.builder(meters))) {
      client.generate(request(), folder.resolve("film.mp4"));
    }

    assertThat(meters.get("aiml.created").counter().count()).isEqualTo(1);
    assertThat(meters.get("aiml.finished").tag("status", "completed").counter().count())
        .isEqualTo(1);
    assertThat(meters.get("aiml.downloaded").timer().count()).isEqualTo(1);
    assertThat(meters.get("aiml.http").tag("method", "POST").timer().count()).isEqualTo(1);
    assertThat(meters.get("aiml.http").tag("method", "GET").tag("status", "503").timer().count())
        .isEqualTo(1);
  }

  @Test
  void openTelemetryHasASpanForEachGenerationAndCall() {
    mock.nextGeneration(
        Life.failed("content_policy", "The picture shows a fish.")
            .generating(Duration.ofMillis(300)));

    try (VideoClient client = quick(Traced.builder(telemetry.getOpenTelemetry()))) {
      client.generate(request());
    } catch (GenerationFailedException expected) {
      // and the span says so
    }

    List<SpanData> spans = telemetry.getSpans();
    assertThat(spans).filteredOn(span -> span.getName().equals("POST")).hasSize(1);
    SpanData generation =
        spans.stream()
            .filter(span -> span.getName().equals("video generation"))
            .findFirst()
            .orElseThrow();
    assertThat(generation.getEvents())
        .extracting(EventData::getName)
        .contains("generating", "error");
    assertThat(generation.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(generation.getStatus().getDescription()).contains("The picture shows a fish.");
  }

  private static VideoClient quick(VideoClientBuilder builder) {
    return builder
        .baseUrl(mock.baseUrl())
        .apiKey(mock.apiKey())
        .pollPolicy(PollPolicy.DEFAULT.withInterval(Duration.ofMillis(100)))
        .build();
  }

  private static VideoRequest request() {
    return new KlingVideoV1StandardImageToVideoRequest()
        .imageUrl(Image.url("https://example.com/boat.jpg"))
        .prompt("The boat sails on.");
  }
}
