package examples;

import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.okhttp3.OkHttpMetricsEventListener;
import okhttp3.OkHttpClient;

/**
 * Micrometer: a timer for each call of HTTP, by the event listener that Micrometer has for OkHttp.
 */
public final class Metered {
  private Metered() {}

  /** What the client's calls take is {@code aiml.http}, in seconds, by method, path and outcome. */
  public static VideoClientBuilder builder(MeterRegistry registry) {
    // begin metered
    OkHttpClient http =
        new OkHttpClient.Builder()
            .eventListener(
                OkHttpMetricsEventListener.builder(registry, "aiml.http")
                    .uriMapper(request -> request.url().encodedPath()) // the query has the id
                    .build())
            .build();
    return VideoClient.builder().httpClient(http).listener(new MeteredGenerations(registry));
    // end metered
  }
}
