package examples;

import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.okhttp3.OkHttpMetricsEventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * Micrometer: a timer for each call of HTTP, by the event listener that Micrometer has for OkHttp.
 */
public final class Metered {
  private Metered() {}

  /**
   * What the client's calls take is {@code aiml.http}, in seconds, by method, place and outcome.
   */
  public static VideoClientBuilder builder(MeterRegistry registry) {
    // begin metered
    OkHttpClient http =
        new OkHttpClient.Builder()
            .eventListener(
                OkHttpMetricsEventListener.builder(registry, "aiml.http")
                    .uriMapper(Metered::place)
                    .build())
            .build();
    return VideoClient.builder().httpClient(http).listener(new MeteredGenerations(registry));
    // end metered
  }

  /** Few, as each makes a timer of its own: a film is at an address that no other has. */
  private static String place(Request request) {
    String path = request.url().encodedPath();
    int api = path.indexOf("/v2/");
    return api < 0 ? "film" : path.substring(api);
  }
}
