package io.github.aimlvideo;

import static io.github.aimlvideo.RawServer.answer;
import static io.github.aimlvideo.RawServer.inOrder;
import static io.github.aimlvideo.RawServer.reset;
import static io.github.aimlvideo.RawServer.thenClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.RawServer.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What metrics and tracing hang on a caller's OkHttp client hears of every call, once. */
@Timeout(60)
class HooksTest {
  private static final String CREATE = "POST /v2/video/generations";
  private static final String LOOK = "GET /v2/video/generations";
  private static final String LOGS = "GET /v2/logs";
  private static final String FILM = "GET /film.mp4";

  private final List<String> interceptors = Collections.synchronizedList(new ArrayList<>());
  private final List<String> network = Collections.synchronizedList(new ArrayList<>());
  private final List<String> begun = Collections.synchronizedList(new ArrayList<>());
  private final List<String> ended = Collections.synchronizedList(new ArrayList<>());

  @Test
  void everyKindOfCallIsHeard(@TempDir Path folder) throws Exception {
    CountDownLatch calls = new CountDownLatch(5);
    Step accepted = answer(200, "{\"id\":\"abc\",\"status\":\"queued\"}");
    Step inLogs =
        answer(200, "{\"data\":[{\"client_request_id\":\"mine\",\"inference_id\":\"found\"}]}");
    Step completed = (request, socket) -> completed(request.header("Host")).answer(request, socket);
    try (RawServer server =
            new RawServer(inOrder(accepted, reset(), inLogs, completed, answer(200, "film")));
        FakeScheduler scheduler = new FakeScheduler();
        VideoClient client = client(server, calls).scheduler(scheduler).build()) {
      client.create(Samples.minimal());
      client.create(Samples.minimal(), "mine");
      client.await("found", folder.resolve("film.mp4"));

      assertThat(calls.await(10, TimeUnit.SECONDS)).isTrue();
      List<String> all = List.of(CREATE, CREATE, LOGS, LOOK, FILM);
      assertThat(interceptors).isEqualTo(all);
      assertThat(network).isEqualTo(all);
      assertThat(begun).isEqualTo(all);
      assertThat(ended).containsExactly(CREATE, CREATE + " failed", LOGS, LOOK, FILM);
      assertThat(server.requests("POST")).allMatch(r -> r.header("traceparent").equals("00-1"));
      assertThat(server.requests("GET")).allMatch(r -> r.header("traceparent").equals("00-1"));
    }
  }

  /** A create that tries a connection which the server has ended meanwhile is still one call. */
  @Test
  void deadConnectionIsNotHeard() throws Exception {
    Step accepted = answer(200, "{\"id\":\"abc\",\"status\":\"queued\"}");
    try (RawServer server = new RawServer(inOrder(thenClose(accepted)));
        VideoClient client = client(server, new CountDownLatch(0)).build()) {
      for (int i = 0; i < 3; i++) {
        client.create(Samples.minimal());
        server.awaitNoConnection();
      }

      assertThat(server.requests("POST")).hasSize(3);
      assertThat(interceptors).hasSize(3);
      assertThat(network).hasSize(3);
      assertThat(begun).hasSize(3);
    }
  }

  private VideoClientBuilder client(RawServer server, CountDownLatch calls) {
    OkHttpClient http =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  interceptors.add(name(chain.request()));
                  return chain.proceed(
                      chain.request().newBuilder().header("traceparent", "00-1").build());
                })
            .addNetworkInterceptor(noting(network))
            .eventListenerFactory(call -> new Events(calls))
            .build();
    return VideoClient.builder()
        .apiKey("key")
        .baseUrl(server.url())
        .retryPolicy(RetryPolicy.DEFAULT.withMaxAttempts(1))
        .httpClient(http);
  }

  private static Interceptor noting(List<String> seen) {
    return chain -> {
      seen.add(name(chain.request()));
      return chain.proceed(chain.request());
    };
  }

  private static String name(Request request) {
    return request.method() + " " + request.url().encodedPath();
  }

  private static Step completed(String host) {
    return answer(
        200, "{\"status\":\"completed\",\"video\":{\"url\":\"http://" + host + "/film.mp4\"}}");
  }

  /** What a listener for metrics counts. */
  private final class Events extends EventListener {
    private final CountDownLatch calls;

    Events(CountDownLatch calls) {
      this.calls = calls;
    }

    @Override
    public void callStart(Call call) {
      begun.add(name(call.request()));
    }

    @Override
    public void callEnd(Call call) {
      ended.add(name(call.request()));
      calls.countDown();
    }

    @Override
    public void callFailed(Call call, IOException e) {
      ended.add(name(call.request()) + " failed");
      calls.countDown();
    }
  }
}
