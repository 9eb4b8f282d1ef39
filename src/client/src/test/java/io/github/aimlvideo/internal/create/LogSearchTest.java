package io.github.aimlvideo.internal.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.Server;
import io.github.aimlvideo.internal.core.ClientExecutors;
import io.github.aimlvideo.internal.core.OperationContext;
import io.github.aimlvideo.internal.http.ApiHttp;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogSearchTest {
  private final Server server = new Server();
  private final ClientExecutors executors = new ClientExecutors(4, null);
  private final OperationContext context =
      new OperationContext(server.config(), server.scheduler, executors.steps());
  private final ApiHttp api =
      new ApiHttp(server.config(), new OkHttpClient(), executors.requests());

  @AfterEach
  void close() {
    executors.close();
    server.close();
  }

  @Test
  void oneScanServesAllSearchesThatWait() throws Exception {
    LogSearch logs = new LogSearch(context, api);
    CountDownLatch all = new CountDownLatch(1);
    server.web.setDispatcher(after(all));

    var first = logs.find("a");
    var second = logs.find("b");
    var third = logs.find("c");
    all.countDown();

    assertThat(first.get(10, TimeUnit.SECONDS)).isEmpty();
    assertThat(second.get(10, TimeUnit.SECONDS)).contains("abc");
    assertThat(third.get(10, TimeUnit.SECONDS)).contains("xyz");
    assertThat(server.web.getRequestCount()).isEqualTo(2);
  }

  @Test
  void searchAfterTheCloseFails() {
    LogSearch logs = new LogSearch(context, api);
    logs.close();

    assertThatThrownBy(() -> logs.find("a").get(10, TimeUnit.SECONDS))
        .hasMessageContaining("the client was closed");
    assertThat(server.web.getRequestCount()).isZero();
  }

  /** Searches, responses and the close race each other. */
  @Test
  void everySearchEndsWhenTheClientIsClosed() throws Exception {
    server.web.setDispatcher(after(new CountDownLatch(0)));
    ExecutorService callers = Executors.newFixedThreadPool(2);
    try {
      for (int i = 0; i < 2000; i++) {
        LogSearch logs = new LogSearch(context, api);
        var first = callers.submit(() -> logs.find("a"));
        var second = callers.submit(() -> logs.find("b"));
        if (i % 2 == 0) first.get().handle((id, failure) -> id).get(10, TimeUnit.SECONDS);

        logs.close();

        assertThat(hasEnded(first)).isTrue();
        assertThat(hasEnded(second)).isTrue();
      }
    } finally {
      callers.shutdown();
    }
  }

  private static boolean hasEnded(Future<CompletableFuture<Optional<String>>> search)
      throws Exception {
    return search.get().handle((id, failure) -> true).get(10, TimeUnit.SECONDS);
  }

  /** The logs have two creates, and respond as soon as the latch is open. */
  private static Dispatcher after(CountDownLatch latch) {
    String rows =
        "{\"client_request_id\":\"b\",\"inference_id\":\"abc\"},"
            + "{\"client_request_id\":\"c\",\"inference_id\":\"xyz\"}";
    return new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
        latch.await(10, TimeUnit.SECONDS);
        return new MockResponse.Builder().body("{\"data\":[" + rows + "]}").build();
      }
    };
  }
}
