package io.github.aimlvideo.internal.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.DownloadException;
import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.GenerationTimeoutException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.fixture.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Timeouts of a single call: by a view of the client, or by the caller's own future. */
@Timeout(60)
class CallerTimeoutTest {
  private final Server server = new Server();
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  @TempDir Path folder;

  @AfterEach
  void close() {
    release.countDown();
    server.close();
  }

  @Test
  void viewHasItsOwnTimeout() {
    for (int i = 0; i < 9; i++) server.status("generating");
    server.completed("https://a/b");

    try (VideoClient client = server.client().build()) {
      VideoClient brief = client.withTimeout(Duration.ofSeconds(40));
      var timeout =
          catchThrowableOfType(
              GenerationTimeoutException.class, () -> brief.generate(Samples.minimal()));
      var second =
          catchThrowableOfType(
              GenerationTimeoutException.class,
              () -> brief.withTimeout(Duration.ofSeconds(20)).await(Server.ID));

      assertThat(timeout).hasMessageContaining("is still running after 40 s");
      assertThat(timeout.timeout()).isEqualTo(Duration.ofSeconds(40));
      assertThat(second).hasMessageContaining("is still running after 20 s");
      assertThat(client.await(Server.ID).isCompleted()).isTrue();
    }
  }

  @Test
  void viewSharesTheRest() {
    server.status("queued").status("queued");
    VideoClient client = server.client().build();
    VideoClient view = client.withTimeout(Duration.ofSeconds(1));

    VideoGeneration created = client.create(Samples.minimal(), "mine");
    assertThat(view.get(created.id()).clientRequestId()).contains("mine");
    view.close();

    assertThatThrownBy(() -> client.get("abc"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the client is closed");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 366 * 24 * 3600})
  void timeoutOfAViewHasARange(long seconds) {
    try (VideoClient client = server.client().build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.withTimeout(Duration.ofSeconds(seconds)))
          .withMessageStartingWith("timeout ");
    }
  }

  @Test
  void orTimeoutMayBeForEver() {
    stall("GET");
    try (VideoClient client = server.client().build()) {
      CompletableFuture<?> future = client.generateAsync(Samples.minimal());

      assertThat(future.orTimeout(Long.MAX_VALUE, TimeUnit.DAYS)).isSameAs(future).isNotDone();
    }
  }

  @Test
  void orTimeoutWhilePollingNamesTheGeneration() throws Exception {
    stall("GET");
    try (VideoClient client = server.client().build()) {
      VideoException failure = timeout(client.generateAsync(Samples.minimal()));

      assertThat(failure)
          .isInstanceOf(GenerationTimeoutException.class)
          .hasMessage(
              "generation abc is still running after 0 s (status queued); resume with"
                  + " client.await(\"abc\")");
      assertThat(failure.generationId()).contains("abc");
      assertThat(failure.clientRequestId()).isPresent();
    }
  }

  @Test
  void orTimeoutWhileCreatingNamesTheClientRequestId() throws Exception {
    stall("POST");
    CompletableFuture<String> created = new CompletableFuture<>();
    GenerationListener listener =
        new GenerationListener() {
          @Override
          public void onCreated(VideoGeneration generation) {
            created.complete(generation.id());
          }
        };
    try (VideoClient client = server.client().listener(listener).build()) {
      VideoException failure = timeout(client.createAsync(Samples.minimal(), "mine"));
      release.countDown();

      assertThat(failure)
          .isInstanceOf(CreateOutcomeUnknownException.class)
          .hasMessageContaining("no response within 0 ms");
      assertThat(failure.clientRequestId()).contains("mine");
      assertThat(created.get(10, TimeUnit.SECONDS)).isEqualTo("abc");
    }
  }

  @Test
  void orTimeoutBeforeTheCreateIsSentTakesItBack() throws Exception {
    stall("POST");
    try (VideoClient client = server.client().maxConcurrentRequests(1).build()) {
      CompletableFuture<VideoGeneration> first = client.createAsync(Samples.minimal());
      VideoException failure = timeout(client.createAsync(Samples.minimal()));
      release.countDown();

      assertThat(failure)
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("the create was not sent; it failed: no response within 0 ms");
      assertThat(first.get(10, TimeUnit.SECONDS).id()).isEqualTo("abc");
      client.get("abc"); // after whatever had been waiting for the only thread
      assertThat(server.web.getRequestCount()).as("one create and one poll").isEqualTo(2);
    }
  }

  @Test
  void orTimeoutWhileDownloadingNamesTheGeneration() throws Exception {
    stall("/video.mp4");
    VideoGeneration completed =
        Samples.generation(
            "{'id':'abc','status':'completed','video':{'url':'" + server.url() + "video.mp4'}}");
    try (VideoClient client = server.client().build()) {
      VideoException failure =
          timeout(client.downloadAsync(completed, folder.resolve("video.mp4")));

      assertThat(failure)
          .isInstanceOf(DownloadException.class)
          .hasMessageContaining("generation abc: the download ended early: not complete within");
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void cancellingADependentStopsNothing() throws Exception {
    stall("GET");
    try (VideoClient client = server.client().build()) {
      CompletableFuture<VideoGeneration> future = client.generateAsync(Samples.minimal());
      future.thenApply(VideoGeneration::id).cancel(true);
      reached.await(10, TimeUnit.SECONDS);
      release.countDown();

      assertThat(future.get(10, TimeUnit.SECONDS).isCompleted()).isTrue();
    }
  }

  /** The second response to a poll is the end; requests of this method or path wait. */
  private void stall(String what) {
    server.web.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            if (request.getRequestLine().contains(what)) {
              reached.countDown();
              release.await(10, TimeUnit.SECONDS);
            }
            boolean create = request.getMethod().equals("POST");
            String end = "completed\",\"video\":{\"url\":\"https://a/b\"},\"x\":\"";
            return new MockResponse.Builder()
                .body("{\"id\":\"abc\",\"status\":\"" + (create ? "queued" : end) + "\"}")
                .build();
          }
        });
  }

  /** The failure of a future whose request is in progress. */
  private VideoException timeout(CompletableFuture<?> future) throws InterruptedException {
    assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
    CompletionException failure =
        catchThrowableOfType(
            CompletionException.class, () -> future.orTimeout(1, TimeUnit.NANOSECONDS).join());
    return (VideoException) failure.getCause();
  }
}
