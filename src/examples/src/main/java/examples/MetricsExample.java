package examples;

import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.okhttp3.OkHttpMetricsEventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** Micrometer: times each HTTP request with Micrometer's event listener for OkHttp. */
public final class MetricsExample {
  private MetricsExample() {}

  /** The timer {@code aiml.http} has a tag for the method, the path and the outcome. */
  public static VideoClientBuilder builder(MeterRegistry registry) {
    // begin metrics
    OkHttpClient http =
        new OkHttpClient.Builder()
            .eventListener(
                OkHttpMetricsEventListener.builder(registry, "aiml.http")
                    .uriMapper(MetricsExample::uriTag)
                    .build())
            .build();
    return VideoClient.builder().httpClient(http).listener(new MetricsListener(registry));
    // end metrics
  }

  /** Every value is a timer of its own, and each video has another URL: they share one value. */
  private static String uriTag(Request request) {
    String path = request.url().encodedPath();
    int api = path.indexOf("/v2/");
    return api < 0 ? "video" : path.substring(api);
  }
}
