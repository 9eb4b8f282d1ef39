package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.fixture.Server;
import io.github.aimlvideo.fixture.Tls;
import io.github.aimlvideo.internal.core.ClientExecutors;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generations share connections and threads, and none blocks another. */
@Timeout(60)
class ManyAtOnceTest {
  private static final String COMPLETED =
      "{\"id\":\"a\",\"status\":\"completed\",\"video\":{\"url\":\"https://cdn.example.com/f.mp4\"}}";

  private final Server server = new Server();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void createsInQuickSuccessionShareAConnectionAndSoDoPolls() {
    for (int i = 0; i < 10; i++) server.status("queued").completed("https://cdn.example.com/f");

    try (VideoClient client = server.client().build()) {
      for (int i = 0; i < 10; i++) client.generate(Samples.minimal());
    }

    assertThat(connections()).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void http2IsUsedWhereItIsOffered() {
    Tls tls = new Tls();
    server.web.setProtocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1));
    server.web.useHttps(tls.server());
    server.web.setDispatcher(always(COMPLETED.replace("completed", "queued")));

    List<CompletableFuture<VideoGeneration>> polls = new ArrayList<>();
    String url = server.url().replace("127.0.0.1", "localhost");
    try (VideoClient client = server.client().baseUrl(url).httpClient(tls.client()).build()) {
      client.create(Samples.minimal());
      client.create(Samples.minimal());
      client.get("a");
      for (int i = 0; i < 20; i++) polls.add(client.getAsync("a"));
      polls.forEach(CompletableFuture::join);
    }

    List<RecordedRequest> requests = requests();
    assertThat(requests).hasSize(23).allMatch(request -> request.getVersion().equals("HTTP/2"));
    assertThat(requests.stream().map(RecordedRequest::getConnectionIndex).distinct())
        .as("one for creates and one for polls")
        .hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void listenerThatBlocksDelaysNoPoll() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    GenerationListener blocking =
        new GenerationListener() {
          @Override
          public void onCreated(VideoGeneration generation) {
            awaitQuietly(release);
          }
        };
    CountDownLatch polls = new CountDownLatch(50);
    server.web.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            if (request.getMethod().equals("GET")) polls.countDown();
            String body = polls.getCount() == 0 ? COMPLETED : "{\"id\":\"a\",\"status\":\"x\"}";
            return new MockResponse.Builder().body(body).build();
          }
        });

    ExecutorService one = Executors.newSingleThreadExecutor(ClientExecutors.daemons("callers-own"));
    try (VideoClient client = server.client().listener(blocking).callbackExecutor(one).build()) {
      CompletableFuture<VideoGeneration> generation = client.generateAsync(Samples.minimal());
      assertThat(polls.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(generation).as("ends after its last event").isNotDone();

      release.countDown();

      assertThat(generation.get(30, TimeUnit.SECONDS).isCompleted()).isTrue();
    } finally {
      one.shutdown();
    }
  }

  @Test
  void dependentsAndListenersRunOnTheCallersExecutor() throws Exception {
    server.status("queued").completed("https://cdn.example.com/f.mp4");
    Set<String> threads = new CopyOnWriteArraySet<>();
    GenerationListener recording =
        new GenerationListener() {
          @Override
          public void onPolled(VideoGeneration generation) {
            threads.add(Thread.currentThread().getName());
          }
        };

    ExecutorService one = Executors.newSingleThreadExecutor(ClientExecutors.daemons("callers-own"));
    CountDownLatch begin = new CountDownLatch(1);
    one.execute(() -> awaitQuietly(begin)); // until the dependent is there
    try (VideoClient client = server.client().listener(recording).callbackExecutor(one).build()) {
      CompletableFuture<Void> dependent =
          client
              .generateAsync(Samples.minimal())
              .thenAccept(done -> threads.add(Thread.currentThread().getName()));
      begin.countDown();
      dependent.get(30, TimeUnit.SECONDS);
    } finally {
      one.shutdown();
    }

    assertThat(threads).containsExactly("callers-own");
  }

  static Stream<Executor> refusals() {
    ExecutorService closed = Executors.newSingleThreadExecutor();
    closed.shutdown();
    return Stream.of(
        closed,
        task -> {
          throw new IllegalStateException("not today");
        },
        task -> {
          throw new OutOfMemoryError("unable to create native thread");
        });
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void executorThatRejectsTasksLosesNothing(Executor executor) throws Exception {
    server.status("queued").completed("https://cdn.example.com/f.mp4");

    try (VideoClient client = server.client().callbackExecutor(executor).build()) {
      assertThat(client.generateAsync(Samples.minimal()).get(30, TimeUnit.SECONDS).isCompleted())
          .isTrue();
    }
  }

  /** Each dependent blocks a thread until the one before it has ended. */
  @Test
  void dependentsThatWaitForEachOtherEnd() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    server.web.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            awaitQuietly(release);
            return new MockResponse.Builder().body(COMPLETED).build();
          }
        });

    try (VideoClient client = server.client().build()) {
      CompletableFuture<Integer> first = new CompletableFuture<>();
      CompletableFuture<Integer> last = first;
      for (int i = 0; i < 6; i++) {
        CompletableFuture<Integer> before = last;
        last = client.generateAsync(Samples.minimal()).thenApply(done -> 1 + before.join());
      }
      client.generateAsync(Samples.minimal()).thenAccept(done -> first.complete(0));
      release.countDown();

      assertThat(last.get(30, TimeUnit.SECONDS)).isEqualTo(6);
    }
  }

  @Test
  void concurrentRequestsAreLimited() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger max = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(3);
    CountDownLatch release = new CountDownLatch(1);
    server.web.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            max.accumulateAndGet(now.incrementAndGet(), Math::max);
            three.countDown();
            awaitQuietly(release);
            now.decrementAndGet();
            return new MockResponse.Builder().body(COMPLETED).build();
          }
        });

    try (VideoClient client = server.client().maxConcurrentRequests(3).build()) {
      List<CompletableFuture<VideoGeneration>> all = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        all.add(client.createAsync(Samples.minimal()));
        all.add(client.getAsync("a"));
      }
      assertThat(three.await(30, TimeUnit.SECONDS)).isTrue();
      release.countDown();
      for (CompletableFuture<VideoGeneration> one : all) one.get(30, TimeUnit.SECONDS);
    }

    assertThat(max).hasValue(3);
  }

  @Test
  void imageIsReleasedWhileTheGenerationRuns() throws Exception {
    CountDownLatch polled = new CountDownLatch(1);
    GenerationListener listener =
        new GenerationListener() {
          @Override
          public void onCreated(VideoGeneration generation) {
            polled.countDown();
          }
        };
    server.web.setDispatcher(always("{\"id\":\"a\",\"status\":\"queued\"}"));
    PollPolicy patient = PollPolicy.EVERY_15_SECONDS.withInterval(Duration.ofDays(1));

    try (VideoClient client =
        server
            .clientInSystemTime()
            .pollPolicy(patient.withTimeout(Duration.ofDays(2)))
            .listener(listener)
            .build()) {
      byte[] image = Samples.PNG.clone();
      WeakReference<byte[]> held = new WeakReference<>(image);
      var generation = client.generateAsync(Samples.minimal().imageUrl(Image.bytes(image)));
      image = null;
      assertThat(polled.await(30, TimeUnit.SECONDS)).isTrue();

      while (held.get() != null) System.gc(); // until the timeout of the test

      assertThat(generation).isNotDone();
    }
  }

  private Set<Integer> connections() {
    Set<Integer> connections = new CopyOnWriteArraySet<>();
    requests().forEach(request -> connections.add(request.getConnectionIndex()));
    return connections;
  }

  private List<RecordedRequest> requests() {
    List<RecordedRequest> requests = new ArrayList<>();
    for (int i = server.web.getRequestCount(); i > 0; i--) requests.add(server.request());
    return requests;
  }

  private static Dispatcher always(String body) {
    return new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        return new MockResponse.Builder().body(body).build();
      }
    };
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
