package io.github.aimlvideo.internal.create;

import static io.github.aimlvideo.fixture.RawServer.hang;
import static io.github.aimlvideo.fixture.RawServer.inOrder;
import static io.github.aimlvideo.fixture.RawServer.respond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.RetryPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.fixture.FakeScheduler;
import io.github.aimlvideo.fixture.RawServer;
import io.github.aimlvideo.fixture.RawServer.Step;
import io.github.aimlvideo.fixture.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ids that are easily lost: responses that hang, callers that cancel, logs without the create. */
@Timeout(60)
class RecoveryTest {
  private static final Step QUEUED = respond(200, "{\"id\":\"abc\",\"status\":\"queued\"}");
  private static final Step DONE =
      respond(200, "{\"status\":\"completed\",\"video\":{\"url\":\"https://a/b\"}}");

  @Test
  void idInTheHeaderSurvivesABodyThatHangs() throws IOException {
    Step half =
        (request, socket) ->
            socket
                .getOutputStream()
                .write(
                    "HTTP/1.1 200 OK\r\nx-inference-id: hdr\r\nContent-Length: 99\r\n\r\n{\"id\""
                        .getBytes(StandardCharsets.UTF_8));
    PollPolicy hasty = PollPolicy.DEFAULT.withTimeout(Duration.ofMillis(500));
    try (RawServer server = new RawServer(inOrder(half));
        VideoClient client = inSystemTime(server).pollPolicy(hasty).build()) {
      assertThat(client.create(Samples.minimal()).id()).isEqualTo("hdr");
    }
  }

  @Test
  void idInTheHeaderOfAGatewayErrorIsFollowed() throws IOException {
    try (RawServer server =
            new RawServer(inOrder(respond(504, "<html>", "x-inference-id: hdr"), DONE));
        VideoClient client = client(server).build()) {
      assertThat(client.generate(Samples.minimal()).id()).isEqualTo("hdr");
    }
  }

  @Test
  void redirectWithinTheApiIsAnUnknownOutcome() throws IOException {
    Step there =
        (request, socket) ->
            respond(303, "", "Location: http://" + request.header("Host") + "/v2/made")
                .respond(request, socket);
    try (RawServer server = new RawServer(inOrder(there, respond(404, "")));
        VideoClient client = client(server).build()) {
      var unknown =
          catchThrowableOfType(
              CreateOutcomeUnknownException.class, () -> client.create(Samples.minimal()));

      assertThat(unknown).hasMessageContaining("303");
      assertThat(unknown.getCause()).isInstanceOf(ApiException.class);
    }
  }

  @Test
  void searchOfTheLogsEndsAtTheTimeout() throws Exception {
    PollPolicy hasty = PollPolicy.DEFAULT.withTimeout(Duration.ofMillis(700));
    for (Step logs : new Step[] {hang(), respond(429, "", "Retry-After: 200")}) {
      try (RawServer server = new RawServer(inOrder(respond(500, ""), logs));
          VideoClient client = inSystemTime(server).pollPolicy(hasty).build()) {
        CompletableFuture<VideoGeneration> future = client.generateAsync(Samples.minimal());

        assertThatThrownBy(() -> future.get(5, TimeUnit.SECONDS))
            .hasCauseInstanceOf(CreateOutcomeUnknownException.class);
      }
    }
  }

  @Test
  void recoverMayBeCalledFromAFailedFuture() throws Exception {
    try (RawServer server = new RawServer(inOrder(respond(500, ""), respond(404, "")));
        VideoClient client = inSystemTime(server).build()) {
      var recovered =
          client
              .createAsync(Samples.minimal(), "mine")
              .handle((generation, failure) -> client.recover("mine"));

      assertThatThrownBy(() -> recovered.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ApiException.class);
      assertThatThrownBy(() -> client.recoverAsync("other").get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ApiException.class);
    }
  }

  @Test
  void closeEndsSearchesOfTheLogs() throws Exception {
    CountDownLatch requested = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            request -> {
              requested.countDown();
              return respond(429, "", "Retry-After: 200");
            })) {
      VideoClient client = inSystemTime(server).build();
      var first = client.recoverAsync("mine");
      requested.await();
      var second = client.recoverAsync("other");
      client.close();

      for (var search : List.of(first, second)) {
        var failure =
            catchThrowableOfType(
                java.util.concurrent.ExecutionException.class,
                () -> search.get(10, TimeUnit.SECONDS));
        assertThat(failure).hasCauseInstanceOf(ApiException.class);
        assertThat(((ApiException) failure.getCause()).clientRequestId()).isPresent();
      }
    }
  }

  @Test
  void awaitInADependentKnowsThatTheCreateIsNew() throws Exception {
    try (RawServer server = new RawServer(inOrder(QUEUED, respond(404, "{}"), DONE));
        VideoClient client = client(server).build()) {
      VideoGeneration generation =
          client
              .createAsync(Samples.minimal(), "mine")
              .thenCompose(g -> client.awaitAsync(g.id()))
              .get(10, TimeUnit.SECONDS);

      assertThat(generation.isCompleted()).isTrue();
      assertThat(generation.clientRequestId()).contains("mine");
    }
  }

  @Test
  void earlierCreateOfTheSameIdIsNotTakenForThisOne() throws IOException {
    Step rows =
        respond(200, "{\"data\":[{\"client_request_id\":\"mine\",\"inference_id\":\"abc\"}]}");
    try (RawServer server = new RawServer(inOrder(QUEUED, respond(500, ""), rows));
        VideoClient client = client(server).build()) {
      client.create(Samples.minimal(), "mine");

      assertThat(
              catchThrowableOfType(
                  CreateOutcomeUnknownException.class,
                  () -> client.create(Samples.minimal(), "mine")))
          .isNotNull();
    }
  }

  @Test
  void cancelledCreateIsStillReported() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    CountDownLatch found = new CountDownLatch(1);
    List<String> received = new CopyOnWriteArrayList<>();
    GenerationListener listener =
        new GenerationListener() {
          @Override
          public void onOutcomeUnknown(
              String clientRequestId, CreateOutcomeUnknownException cause) {
            received.add("unknown " + clientRequestId);
          }

          @Override
          public void onCreated(VideoGeneration generation) {
            received.add("created " + generation.id());
            found.countDown();
          }
        };
    Step late =
        (request, socket) -> {
          arrived.countDown();
          try {
            cancelled.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          respond(502, "").respond(request, socket);
        };
    Step rows =
        respond(200, "{\"data\":[{\"client_request_id\":\"mine\",\"inference_id\":\"found\"}]}");
    try (RawServer server = new RawServer(inOrder(late, rows));
        VideoClient client = client(server).listener(listener).build()) {
      CompletableFuture<VideoGeneration> future = client.createAsync(Samples.minimal(), "mine");
      arrived.await();
      future.cancel(true);
      cancelled.countDown();

      assertThat(found.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(received).containsExactly("unknown mine", "created found");
    }
  }

  @Test
  void interruptedCreateIsNotRetried() throws Exception {
    try (RawServer server = new RawServer(inOrder(respond(503, "", "Retry-After: 30"), QUEUED));
        VideoClient client = inSystemTime(server).build()) {
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      Thread caller =
          new Thread(
              () ->
                  thrown.complete(
                      catchThrowableOfType(
                          VideoException.class, () -> client.create(Samples.minimal()))));
      caller.start();
      while (server.requests("POST").isEmpty()) Thread.onSpinWait();
      caller.interrupt();

      assertThat(thrown.get(10, TimeUnit.SECONDS))
          .isInstanceOfAny(ApiException.class, CreateOutcomeUnknownException.class);
      assertThat(server.requests("POST")).hasSize(1);
    }
  }

  @Test
  void keyInAResponseIsNotShown() throws IOException {
    try (RawServer server =
            new RawServer(inOrder(respond(401, "{\"message\":\"Incorrect key sk-secret-1\"}")));
        VideoClient client = client(server).apiKey("sk-secret-1").build()) {
      var refusal =
          catchThrowableOfType(ApiException.class, () -> client.create(Samples.minimal()));

      assertThat(refusal).hasMessageContaining("Incorrect key (the key)");
      assertThat(refusal.body().orElseThrow()).doesNotContain("secret");
    }
  }

  @Test
  void failedDownloadLeavesNoFile(@TempDir Path folder) throws Exception {
    Step broken = RawServer.cutOff(200, "ftyp");
    try (RawServer server = new RawServer(inOrder(broken));
        VideoClient client =
            client(server).retryPolicy(RetryPolicy.DEFAULT.withMaxAttempts(1)).build()) {
      String json = "{\"status\":\"completed\",\"video\":{\"url\":\"" + server.url() + "/f\"}}";
      VideoGeneration completed = Samples.generation(json);

      long left =
          client
              .downloadAsync(completed, folder.resolve("f.mp4"))
              .handle((path, failure) -> count(folder))
              .get(10, TimeUnit.SECONDS);

      assertThat(left).isZero();
    }
  }

  private static long count(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static VideoClientBuilder client(RawServer server) {
    return inSystemTime(server).scheduler(new FakeScheduler());
  }

  private static VideoClientBuilder inSystemTime(RawServer server) {
    return VideoClient.builder().apiKey("key").baseUrl(server.url());
  }
}
