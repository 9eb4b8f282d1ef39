package io.github.aimlvideo.internal.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.fixture.RawServer;
import io.github.aimlvideo.fixture.Server;
import io.github.aimlvideo.internal.core.ClientConfig;
import io.github.aimlvideo.internal.core.ClientExecutors;
import io.github.aimlvideo.internal.core.OperationContext;
import io.github.aimlvideo.internal.http.ApiHttp;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogSearchTest {
  private static final String PAGE =
      "{\"data\":[{\"client_request_id\":\"b\",\"inference_id\":\"abc\"},"
          + "{\"client_request_id\":\"c\",\"inference_id\":\"xyz\"}]}";

  private final CountDownLatch ready = new CountDownLatch(1);
  private final RawServer server = new RawServer(request -> page());
  private final ClientConfig config = Server.config(server.url());
  private final ClientExecutors executors = new ClientExecutors(4, null);
  private final OperationContext context = newContext();
  private final ApiHttp api = new ApiHttp(config, new OkHttpClient(), executors.requests());

  private OperationContext newContext() {
    return new OperationContext(config, executors.scheduler(), executors.steps());
  }

  /** Responds as soon as the test is ready. */
  private RawServer.Step page() {
    return (request, socket) -> {
      try {
        ready.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      RawServer.respond(200, PAGE).respond(request, socket);
    };
  }

  @AfterEach
  void close() throws IOException {
    executors.close();
    server.close();
  }

  @Test
  void oneScanServesAllSearchesThatWait() throws Exception {
    LogSearch logs = new LogSearch(context, api);

    var first = logs.find("a");
    var second = logs.find("b");
    var third = logs.find("c");
    ready.countDown();

    assertThat(first.get(10, TimeUnit.SECONDS)).isEmpty();
    assertThat(second.get(10, TimeUnit.SECONDS)).contains("abc");
    assertThat(third.get(10, TimeUnit.SECONDS)).contains("xyz");
    assertThat(server.requests("GET")).hasSize(2);
  }

  @Test
  void searchAfterTheCloseFails() {
    LogSearch logs = new LogSearch(context, api);
    context.close();

    assertThatThrownBy(() -> logs.find("a").get(10, TimeUnit.SECONDS))
        .hasMessageContaining("the client was closed");
    assertThat(server.requests("GET")).isEmpty();
  }

  /** Searches, responses and the close race each other: the close comes 0 to 500 µs later. */
  @Test
  void everySearchEndsWhenTheClientIsClosed() throws Exception {
    ready.countDown();
    ExecutorService callers = Executors.newFixedThreadPool(2);
    for (int i = 0; i < 2000; i++) {
      OperationContext closing = newContext();
      LogSearch logs = new LogSearch(closing, api);
      var first = callers.submit(() -> logs.find("a"));
      var second = callers.submit(() -> logs.find("b"));
      long closeAt = System.nanoTime() + i % 500 * 1000L;
      while (System.nanoTime() < closeAt) Thread.onSpinWait();

      closing.close();

      awaitEnd(first);
      awaitEnd(second);
    }
    callers.shutdown();
  }

  private static void awaitEnd(Future<CompletableFuture<Optional<String>>> search)
      throws Exception {
    assertThat(search.get().handle((id, failure) -> true).get(10, TimeUnit.SECONDS)).isTrue();
  }
}
