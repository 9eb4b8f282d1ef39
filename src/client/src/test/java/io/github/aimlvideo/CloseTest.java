package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.fixture.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Close may come at any moment, and each call then ends with a result or a failure of its own. */
@Timeout(300)
class CloseTest {
  private static final int ROUNDS = Boolean.getBoolean("thorough") ? 5_000 : 300;
  private static final int MAX_DELAY_NANOS = 3_000_000;

  private final Random random = new Random(1);
  @TempDir private Path folder;

  @Test
  void everyFutureEndsWheneverTheClientIsClosed() throws Exception {
    OkHttpClient http = new OkHttpClient.Builder().addInterceptor(CloseTest::respond).build();
    int failed = 0;
    int succeeded = 0;
    for (int round = 0; round < ROUNDS; round++) {
      for (CompletableFuture<?> future : startAndClose(client(http))) {
        Throwable failure = future.handle((value, e) -> e).get(20, TimeUnit.SECONDS);
        if (failure == null) succeeded++;
        else failed++;
        if (failure != null) assertThat(unwrap(failure)).isInstanceOf(VideoException.class);
      }
    }
    assertThat(failed).isPositive();
    assertThat(succeeded).isPositive();
  }

  private static VideoClient client(OkHttpClient http) {
    return VideoClient.builder()
        .apiKey("key")
        .baseUrl("http://127.0.0.1:1")
        .httpClient(http)
        .maxConcurrentRequests(2)
        .pollPolicy(PollPolicy.DEFAULT.withInterval(Duration.ofMillis(100)))
        .build();
  }

  private List<CompletableFuture<?>> startAndClose(VideoClient client) throws Exception {
    long delay = random.nextInt(MAX_DELAY_NANOS);
    Thread closer =
        new Thread(
            () -> {
              long begin = System.nanoTime();
              while (System.nanoTime() - begin < delay) Thread.onSpinWait();
              client.close();
            });
    closer.start();
    List<CompletableFuture<?>> futures = new ArrayList<>();
    for (Supplier<CompletableFuture<?>> call : calls(client)) {
      try {
        futures.add(call.get());
      } catch (IllegalStateException closed) {
        assertThat(closed).hasMessage("the client is closed");
      }
    }
    closer.join();
    return futures;
  }

  private List<Supplier<CompletableFuture<?>>> calls(VideoClient client) {
    VideoGeneration completed =
        Samples.generation("{\"video\":{\"url\":\"http://127.0.0.1:1/v.mp4\"}}");
    return List.of(
        () -> client.createAsync(Samples.minimal()),
        () -> client.recoverAsync("mine"),
        () -> client.getAsync("abc"),
        () -> client.awaitAsync("abc"),
        () -> client.generateAsync(Samples.minimal()),
        () -> client.recoverAsync("other"),
        () -> client.downloadAsync(completed, folder.resolve("v.mp4")));
  }

  private static Throwable unwrap(Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }

  /** Without a server, so that there are many rounds. */
  private static Response respond(Interceptor.Chain chain) {
    String path = chain.request().url().encodedPath();
    String body = "{\"id\":\"abc\",\"status\":\"queued\"}";
    if (path.endsWith("logs")) {
      body = "{\"data\":[{\"client_request_id\":\"mine\",\"inference_id\":\"abc\"}]}";
    }
    return new Response.Builder()
        .request(chain.request())
        .protocol(Protocol.HTTP_2)
        .code(200)
        .message("OK")
        .body(ResponseBody.create(path.endsWith("mp4") ? "ftyp" : body, null))
        .build();
  }
}
