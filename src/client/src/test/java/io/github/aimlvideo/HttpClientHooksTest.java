package io.github.aimlvideo;

import static io.github.aimlvideo.fixture.RawServer.inOrder;
import static io.github.aimlvideo.fixture.RawServer.reset;
import static io.github.aimlvideo.fixture.RawServer.respond;
import static io.github.aimlvideo.fixture.RawServer.thenClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.fixture.FakeScheduler;
import io.github.aimlvideo.fixture.RawServer;
import io.github.aimlvideo.fixture.RawServer.Step;
import io.github.aimlvideo.fixture.Samples;
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

/** Interceptors and event listeners of a caller's OkHttp client see every call once. */
@Timeout(60)
class HttpClientHooksTest {
  private static final String CREATE = "POST /v2/video/generations";
  private static final String POLL = "GET /v2/video/generations";
  private static final String LOGS = "GET /v2/logs";
  private static final String VIDEO = "GET /video.mp4";

  private final List<String> interceptors = Collections.synchronizedList(new ArrayList<>());
  private final List<String> network = Collections.synchronizedList(new ArrayList<>());
  private final List<String> started = Collections.synchronizedList(new ArrayList<>());
  private final List<String> ended = Collections.synchronizedList(new ArrayList<>());

  @Test
  void everyKindOfCallIsSeen(@TempDir Path folder) throws Exception {
    CountDownLatch calls = new CountDownLatch(5);
    Step accepted = respond(200, "{\"id\":\"abc\",\"status\":\"queued\"}");
    Step inLogs =
        respond(200, "{\"data\":[{\"client_request_id\":\"mine\",\"inference_id\":\"found\"}]}");
    Step completed =
        (request, socket) -> completed(request.header("Host")).respond(request, socket);
    try (RawServer server =
            new RawServer(inOrder(accepted, reset(), inLogs, completed, respond(200, "video")));
        FakeScheduler scheduler = new FakeScheduler();
        VideoClient client = client(server, calls).scheduler(scheduler).build()) {
      client.create(Samples.minimal());
      client.create(Samples.minimal(), "mine");
      client.await("found", folder.resolve("video.mp4"));

      assertThat(calls.await(10, TimeUnit.SECONDS)).isTrue();
      List<String> all = List.of(CREATE, CREATE, LOGS, POLL, VIDEO);
      assertThat(interceptors).isEqualTo(all);
      assertThat(network).isEqualTo(all);
      assertThat(started).isEqualTo(all);
      assertThat(ended).containsExactly(CREATE, CREATE + " failed", LOGS, POLL, VIDEO);
      assertThat(server.requests("POST")).allMatch(r -> r.header("traceparent").equals("00-1"));
      assertThat(server.requests("GET")).allMatch(r -> r.header("traceparent").equals("00-1"));
    }
  }

  /** A create whose pooled connection the server has closed opens another, within one call. */
  @Test
  void closedConnectionIsNotSeen() throws Exception {
    Step accepted = respond(200, "{\"id\":\"abc\",\"status\":\"queued\"}");
    try (RawServer server = new RawServer(inOrder(thenClose(accepted)));
        VideoClient client = client(server, new CountDownLatch(0)).build()) {
      for (int i = 0; i < 3; i++) {
        client.create(Samples.minimal());
        server.awaitNoConnection();
      }

      assertThat(server.requests("POST")).hasSize(3);
      assertThat(interceptors).hasSize(3);
      assertThat(network).hasSize(3);
      assertThat(started).hasSize(3);
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
            .addNetworkInterceptor(recording(network))
            .eventListenerFactory(call -> new Events(calls))
            .build();
    return VideoClient.builder()
        .apiKey("key")
        .baseUrl(server.url())
        .retryPolicy(RetryPolicy.DEFAULT.withMaxAttempts(1))
        .httpClient(http);
  }

  private static Interceptor recording(List<String> seen) {
    return chain -> {
      seen.add(name(chain.request()));
      return chain.proceed(chain.request());
    };
  }

  private static String name(Request request) {
    return request.method() + " " + request.url().encodedPath();
  }

  private static Step completed(String host) {
    return respond(
        200, "{\"status\":\"completed\",\"video\":{\"url\":\"http://" + host + "/video.mp4\"}}");
  }

  /** Records the start and the end of each call. */
  private final class Events extends EventListener {
    private final CountDownLatch calls;

    Events(CountDownLatch calls) {
      this.calls = calls;
    }

    @Override
    public void callStart(Call call) {
      started.add(name(call.request()));
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
