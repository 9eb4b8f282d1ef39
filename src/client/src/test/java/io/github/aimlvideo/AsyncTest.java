package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.fixture.Server;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Futures, listeners, interruption and the end of a client. */
class AsyncTest {
  private static final String VIDEO_URL = "https://cdn.example.com/video.mp4";

  private final Server server = new Server();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void futureCompletesWithTheVideo() throws Exception {
    server.status("queued").status("generating").completed(VIDEO_URL);

    try (VideoClient client = server.client().build()) {
      assertThat(client.generateAsync(Samples.minimal()).get(10, TimeUnit.SECONDS).videoUrl())
          .contains(VIDEO_URL);
    }
  }

  @Test
  void futureFailsWithTheSameExceptions() {
    server.respond(401, "{\"message\":\"Invalid API key\",\"statusCode\":\"401\"}");

    try (VideoClient client = server.client().build()) {
      assertThatThrownBy(() -> client.generateAsync(Samples.minimal()).get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(ApiException.class)
          .hasMessageContaining("401: Invalid API key");
    }
  }

  @Test
  void listenerReceivesTheIdFirstThenEachChange() {
    List<String> received = new CopyOnWriteArrayList<>();
    GenerationListener listener =
        new GenerationListener() {
          @Override
          public void onCreated(VideoGeneration generation) {
            received.add("created " + generation.id());
          }

          @Override
          public void onStatusChanged(VideoGeneration generation) {
            received.add(generation.status());
          }

          @Override
          public void onPollRetry(String generationId, Exception cause) {
            received.add("failed " + generationId);
          }
        };
    server
        .status("queued")
        .status("queued")
        .status("generating")
        .respond(500, "")
        .completed(VIDEO_URL);

    try (VideoClient client = server.client().listener(listener).build()) {
      client.generate(Samples.minimal());
    }

    assertThat(received)
        .containsExactly("created " + Server.ID, "generating", "failed " + Server.ID, "completed");
  }

  @Test
  void listenerThatThrowsChangesNothing() {
    GenerationListener bad =
        new GenerationListener() {
          @Override
          public void onCreated(VideoGeneration generation) {
            throw new IllegalStateException("on purpose");
          }
        };
    server.status("queued").completed(VIDEO_URL);

    try (VideoClient client = server.client().listener(bad).build()) {
      assertThat(client.generate(Samples.minimal()).videoUrl()).contains(VIDEO_URL);
    }
  }

  static Stream<Consumer<CompletableFuture<?>>> waysToEndAFuture() {
    return Stream.of(
        future -> future.cancel(true),
        future -> future.complete(null),
        future -> future.completeExceptionally(new IllegalStateException("on purpose")),
        future -> future.orTimeout(1, TimeUnit.NANOSECONDS).handle((x, failure) -> x).join(),
        future -> future.completeOnTimeout(null, 1, TimeUnit.NANOSECONDS).join(),
        future -> future.completeAsync(() -> null).join(),
        future -> future.obtrudeValue(null),
        future -> future.obtrudeException(new IllegalStateException("on purpose")));
  }

  @ParameterizedTest
  @MethodSource("waysToEndAFuture")
  void futureThatTheCallerEndsStopsPolling(Consumer<CompletableFuture<?>> end) throws Exception {
    CountDownLatch polled = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    server.web.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            if (request.getMethod().equals("GET")) {
              polled.countDown();
              release.await(10, TimeUnit.SECONDS);
            }
            return new MockResponse.Builder().body("{\"id\":\"a\",\"status\":\"queued\"}").build();
          }
        });

    try (VideoClient client = server.client().build()) {
      CompletableFuture<VideoGeneration> future = client.generateAsync(Samples.minimal());
      polled.await(10, TimeUnit.SECONDS);
      end.accept(future);
      release.countDown();

      assertThat(client.get("a").status()).isEqualTo("queued");
      assertThat(server.scheduler.delays()).as("delays after the last poll").hasSize(1);
    }
  }

  @Test
  void interruptionKeepsTheFlagAndNamesTheId() throws Exception {
    server.status("queued");
    server.respond(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));

    try (VideoClient client = server.client().build()) {
      CompletableFuture<Boolean> flag = new CompletableFuture<>();
      CompletableFuture<GenerationInterruptedException> thrown = new CompletableFuture<>();
      Thread caller =
          new Thread(
              () -> {
                thrown.complete(
                    catchThrowableOfType(
                        GenerationInterruptedException.class,
                        () -> client.generate(Samples.minimal())));
                flag.complete(Thread.currentThread().isInterrupted());
              });
      caller.start();
      server.request();
      server.request();
      caller.interrupt();

      assertThat(thrown.get(10, TimeUnit.SECONDS).generationId()).contains(Server.ID);
      assertThat(flag.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void closeEndsCallsWithTheId() {
    server.status("queued");
    server.respond(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
    VideoClient client = server.client().build();
    CompletableFuture<VideoGeneration> future = client.generateAsync(Samples.minimal());
    server.request();
    server.request();

    client.close();

    assertThatThrownBy(future::get)
        .hasCauseInstanceOf(GenerationInterruptedException.class)
        .hasMessageContaining(
            "the client was closed; generation " + Server.ID + " is still running");
  }

  @Test
  void givenOkHttpClientIsUsedAndLeftOpen() {
    List<String> seen = new CopyOnWriteArrayList<>();
    OkHttpClient given =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  seen.add(chain.request().method());
                  return chain.proceed(chain.request());
                })
            .build();
    server.status("queued").status("queued");

    try (VideoClient client = server.client().httpClient(given).build()) {
      client.create(Samples.minimal());
    }

    assertThat(seen).containsExactly("POST");
    assertThat(given.dispatcher().executorService().isShutdown()).isFalse();
    given.dispatcher().executorService().shutdown();
  }

  @Test
  void thousandGenerationsTakeNoThreadEach() throws InterruptedException {
    CountDownLatch created = new CountDownLatch(1000);
    server.web.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder().body("{\"id\":\"a\",\"status\":\"queued\"}").build();
          }
        });
    GenerationListener counting =
        new GenerationListener() {
          @Override
          public void onCreated(VideoGeneration generation) {
            created.countDown();
          }
        };

    Set<Thread> before = Thread.getAllStackTraces().keySet();
    // real time, but the first poll is a day away
    PollPolicy patient =
        PollPolicy.DEFAULT.withInterval(Duration.ofDays(1)).withTimeout(Duration.ofDays(2));
    try (VideoClient client =
        server.clientInSystemTime().pollPolicy(patient).listener(counting).build()) {
      IntStream.range(0, 1000).forEach(i -> client.generateAsync(Samples.minimal()));
      assertThat(created.await(30, TimeUnit.SECONDS)).isTrue();

      List<String> names = namesOfNewThreads(before);
      assertThat(names).filteredOn("aiml-video-scheduler"::equals).hasSizeLessThanOrEqualTo(1);
      assertThat(names).filteredOn("aiml-video-http"::equals).hasSizeLessThanOrEqualTo(16);
      assertThat(names).filteredOn("aiml-video-callback"::equals).hasSizeLessThan(10);
      assertThat(names).allMatch(name -> name.matches("aiml-video-(scheduler|http|callback)"));
    }
  }

  private static List<String> namesOfNewThreads(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> name.startsWith("aiml-video"))
        .toList();
  }
}
