package examples;

import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import io.opentelemetry.api.OpenTelemetry;
import okhttp3.OkHttpClient;

/** OpenTelemetry: a span for each generation and for each HTTP request. */
public final class TracingExample {
  private TracingExample() {}

  /**
   * @param apiHost such as {@code api.aimlapi.com}
   */
  public static VideoClientBuilder builder(OpenTelemetry telemetry, String apiHost) {
    // begin tracing
    OkHttpClient http =
        new OkHttpClient.Builder()
            .addInterceptor(new TracingInterceptor(telemetry, apiHost))
            .build();
    return VideoClient.builder()
        .httpClient(http)
        .listener(new TracingListener(telemetry.getTracer("aiml-video")));
    // end tracing
  }
}
