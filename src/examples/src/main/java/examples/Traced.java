package examples;

import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import io.opentelemetry.api.OpenTelemetry;
import okhttp3.OkHttpClient;

/** OpenTelemetry: spans for generations and for the calls of HTTP. */
public final class Traced {
  private Traced() {}

  /**
   * @param apiHost such as {@code api.aimlapi.com}
   */
  public static VideoClientBuilder builder(OpenTelemetry telemetry, String apiHost) {
    // begin traced
    OkHttpClient http =
        new OkHttpClient.Builder().addInterceptor(new TracedCalls(telemetry, apiHost)).build();
    return VideoClient.builder()
        .httpClient(http)
        .listener(new TracedGenerations(telemetry.getTracer("aiml-video")));
    // end traced
  }
}
