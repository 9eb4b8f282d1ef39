package io.github.aimlvideo;

import static io.github.aimlvideo.fixture.RawServer.inOrder;
import static io.github.aimlvideo.fixture.RawServer.raw;
import static io.github.aimlvideo.fixture.RawServer.respond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.aimlvideo.fixture.FakeScheduler;
import io.github.aimlvideo.fixture.RawServer;
import io.github.aimlvideo.fixture.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No call outlasts its timeout, none deadlocks, and no text shows a secret. */
@Timeout(60)
class ClientSafetyTest {
  private static final String QUEUED = "{\"id\":\"abc\",\"status\":\"queued\"}";

  @Test
  void hangingPollDoesNotOutlastTheTimeout() throws IOException {
    PollPolicy policy =
        PollPolicy.DEFAULT.withInterval(Duration.ofMillis(100)).withTimeout(Duration.ofMillis(500));
    try (RawServer server = new RawServer(inOrder(respond(200, QUEUED), RawServer.hang()));
        VideoClient client =
            VideoClient.builder().apiKey("k").baseUrl(server.url()).pollPolicy(policy).build()) {
      long startedAt = System.nanoTime();

      var timeout =
          catchThrowableOfType(
              GenerationTimeoutException.class, () -> client.generate(Samples.minimal()));

      assertThat(timeout)
          .hasMessageStartingWith("generation abc is still running after 0.5 s")
          .hasMessageContaining("the last poll failed");
      assertThat(Duration.ofNanos(System.nanoTime() - startedAt))
          .isLessThan(Duration.ofMillis(2500));
    }
  }

  /** The timeout holds although all threads for requests are taken by polls that hang. */
  @Test
  void timeoutHoldsWhileRequestsWaitForAThread() throws Exception {
    PollPolicy policy =
        PollPolicy.DEFAULT.withInterval(Duration.ofSeconds(15)).withTimeout(Duration.ofMillis(500));
    try (RawServer server = new RawServer(inOrder(RawServer.hang()));
        VideoClient client =
            VideoClient.builder().apiKey("k").baseUrl(server.url()).pollPolicy(policy).build()) {
      var waits = IntStream.range(0, 100).mapToObj(i -> client.awaitAsync("id" + i)).toList();

      for (var wait : waits) {
        assertThatThrownBy(() -> wait.get(10, TimeUnit.SECONDS))
            .hasCauseInstanceOf(GenerationTimeoutException.class);
      }
    }
  }

  @Test
  void dependentsMayBlock(@TempDir Path folder) throws Exception {
    MockWebServer server = new MockWebServer();
    server.setDispatcher(videos(server));
    server.start();

    try (VideoClient client =
        VideoClient.builder().apiKey("k").baseUrl(server.url("/").toString()).build()) {
      List<CompletableFuture<Path>> videos =
          IntStream.range(0, 64)
              .mapToObj(
                  i ->
                      client
                          .generateAsync(Samples.minimal())
                          .thenApply(g -> client.download(g, folder.resolve(i + ".mp4"))))
              .toList();

      for (CompletableFuture<Path> video : videos)
        assertThat(video.get(30, TimeUnit.SECONDS)).hasContent("video");
    } finally {
      server.close();
    }
  }

  @Test
  void errorInAListenerLeavesNoCallWaiting() throws IOException {
    GenerationListener broken =
        new GenerationListener() {
          @Override
          public void onCreated(VideoGeneration generation) {
            throw new AssertionError("on purpose");
          }
        };
    try (RawServer server = new RawServer(inOrder(respond(200, QUEUED)));
        VideoClient client =
            VideoClient.builder().apiKey("k").baseUrl(server.url()).listener(broken).build()) {
      assertThat(client.create(Samples.minimal()).id()).isEqualTo("abc");
    }
  }

  @Test
  void closedClientSendsNothing() throws IOException {
    try (RawServer server = new RawServer(inOrder(respond(200, QUEUED)))) {
      VideoClient client =
          VideoClient.builder()
              .apiKey("k")
              .baseUrl(server.url())
              .httpClient(new OkHttpClient())
              .build();
      client.close();

      assertThatIllegalStateException()
          .isThrownBy(() -> client.generate(Samples.minimal()))
          .withMessage("the client is closed");
      assertThatIllegalStateException().isThrownBy(() -> client.get("abc"));
      assertThat(server.requests("POST")).isEmpty();
    }
  }

  @Test
  void failureOfABlockingCallShowsTheCallersLine() throws IOException {
    try (RawServer server = new RawServer(inOrder(respond(400, "{}")));
        VideoClient client = VideoClient.builder().apiKey("k").baseUrl(server.url()).build()) {
      Throwable failure = catchThrowable(() -> client.create(Samples.minimal()));

      assertThat(failure.getStackTrace())
          .anyMatch(frame -> frame.getClassName().equals(ClientSafetyTest.class.getName()));
    }
  }

  @Test
  void unwritableFileIsRefusedBeforeTheCreate(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    try (RawServer server = new RawServer(inOrder(respond(200, QUEUED)));
        VideoClient client = VideoClient.builder().apiKey("k").baseUrl(server.url()).build()) {
      for (Path target : new Path[] {folder, file.resolve("video.mp4")}) {
        assertThatThrownBy(() -> client.generate(Samples.minimal(), target))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("cannot save to " + target);
      }
      assertThat(server.requests("POST")).isEmpty();
    }
  }

  /** OkHttp quotes what it cannot read. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 sk-secret-1 OK\r\n\r\n",
        "sk-secret-1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nsk-secret-1\r\n\r\n",
        "HTTP/1.1 401 sk-secret-1\r\nx-inference-id: sk-secret-1\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 24\r\n\r\n{\"message\": \"sk-secret-1\"",
        "HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{\"status\":{\"sk-secret-1\":1}, sk-secret-1}"
      })
  void keyInAnyPartOfAResponseAppearsInNoFailure(String response) throws IOException {
    byte[] bytes = response.getBytes(StandardCharsets.ISO_8859_1);
    try (RawServer server = new RawServer(inOrder(raw(bytes)));
        FakeScheduler scheduler = new FakeScheduler();
        VideoClient client =
            VideoClient.builder()
                .apiKey("sk-secret-1")
                .baseUrl(server.url())
                .scheduler(scheduler)
                .recoveryTimeout(Duration.ZERO)
                .build()) {
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () -> client.create(Samples.minimal()),
              () -> client.get("abc"),
              () -> client.recover("mine"))) {
        Throwable failure = catchThrowable(call);
        StringWriter trace = new StringWriter();
        if (failure != null) failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("secret");
        if (failure instanceof ApiException e) {
          assertThat(e.body().orElse("") + e.requestId()).doesNotContain("secret");
        }
      }
    }
  }

  @Test
  void keyAndImageAppearInNoText() throws IOException {
    List<String> logged = new CopyOnWriteArrayList<>();
    Logger root = Logger.getLogger("");
    Handler handler = handler(logged);
    Level before = root.getLevel();
    root.addHandler(handler);
    root.setLevel(Level.ALL);
    try (RawServer server =
            new RawServer(inOrder(respond(401, "{\"message\":\"Invalid API key\"}")));
        VideoClient client =
            VideoClient.builder().apiKey("very-secret-key").baseUrl(server.url()).build()) {
      var request = Samples.full();
      Throwable failure = catchThrowable(() -> client.create(request));

      assertThat(server.requests("POST").get(0).header("Authorization"))
          .isEqualTo("Bearer very-secret-key");
      assertThat(failure.toString() + client + request + client.api()).doesNotContain("secret");
      assertThat(request.toString()).contains("imageUrl=(image/png, 70 bytes)");
      assertThat(logged)
          .anyMatch(line -> line.contains("creating"))
          .noneMatch(line -> line.contains("secret") || line.contains("iVBOR"));
    } finally {
      root.removeHandler(handler);
      root.setLevel(before);
    }
  }

  private static Handler handler(List<String> lines) {
    return new Handler() {
      @Override
      public void publish(LogRecord record) {
        lines.add(new SimpleFormatter().format(record));
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  private static Dispatcher videos(MockWebServer server) {
    return new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        boolean video = request.getTarget().equals("/video.mp4");
        String generation =
            "{\"id\":\"abc\",\"status\":\"completed\",\"video\":{\"url\":\""
                + server.url("/video.mp4")
                + "\"}}";
        return new MockResponse.Builder().body(video ? "video" : generation).build();
      }
    };
  }
}
