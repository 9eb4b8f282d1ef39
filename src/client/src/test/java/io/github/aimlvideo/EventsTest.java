package io.github.aimlvideo;

import static io.github.aimlvideo.RawServer.answer;
import static io.github.aimlvideo.RawServer.cutOff;
import static io.github.aimlvideo.RawServer.hang;
import static io.github.aimlvideo.RawServer.hangUp;
import static io.github.aimlvideo.RawServer.inOrder;
import static io.github.aimlvideo.RawServer.reset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.aimlvideo.RawServer.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One row for each end that a call can have: what a listener hears of it, and in which order. */
@Timeout(60)
class EventsTest {
  private static final String QUEUED = "{\"id\":\"abc\",\"status\":\"queued\"}";
  private static final String GENERATING = "{\"id\":\"abc\",\"status\":\"generating\"}";
  private static final String ERROR = "{\"id\":\"abc\",\"status\":\"error\"}";

  @TempDir private Path folder;

  /** {@code events}: all of them; a line is a look or another step. */
  record Row(String name, Call call, String events, Step... steps) {
    @Override
    public String toString() {
      return name;
    }
  }

  interface Call {
    Object on(VideoClient client, Path file);
  }

  private static final Call CREATE = (client, file) -> client.createAsync(Samples.minimal()).join();
  private static final Call GENERATE = (client, file) -> client.generate(Samples.minimal());
  private static final Call GENERATE_LATER =
      (client, file) -> client.generateAsync(Samples.minimal()).join();
  private static final Call GENERATE_FILE =
      (client, file) -> client.generate(Samples.minimal(), file);
  private static final Call AWAIT = (client, file) -> client.await("abc");
  private static final Call AWAIT_FILE = (client, file) -> client.await("abc", file);

  static Stream<Row> creates() {
    Step accepted = answer(200, QUEUED);
    Step inLogs =
        answer(200, "{\"data\":[{\"client_request_id\":\"mine\",\"inference_id\":\"found\"}]}");
    return Stream.of(
        new Row("accepted", CREATE, "created abc queued", accepted),
        new Row(
            "against the maker's advice",
            (client, file) -> client.createAsync(Samples.minimal().prompt("x".repeat(2501))).join(),
            "warned; created abc queued",
            accepted),
        new Row(
            "busy, then accepted",
            CREATE,
            "createFailed; createFailed; created abc queued",
            answer(429, "{}"),
            answer(503, "{}"),
            accepted),
        new Row("refused", CREATE, "failed ApiException", answer(400, "{}")),
        new Row(
            "refused, blocking",
            (client, file) -> client.create(Samples.minimal()),
            "failed ApiException",
            answer(400, "{}")),
        new Row(
            "busy to the end",
            CREATE,
            "createFailed; createFailed; createFailed; createFailed; failed ApiException",
            answer(503, "{}")),
        new Row(
            "lost",
            CREATE,
            "submissionUnknown; failed CreateOutcomeUnknownException",
            reset(),
            answer(404, "")),
        new Row(
            "lost and found",
            (client, file) -> client.createAsync(Samples.minimal(), "mine").join(),
            "submissionUnknown; created found (not polled)",
            reset(),
            inLogs));
  }

  static Stream<Row> waits() {
    Step accepted = answer(200, QUEUED);
    Step done = (request, socket) -> completed(request.header("Host")).answer(request, socket);
    return Stream.of(
        new Row(
            "completed",
            GENERATE,
            "created abc queued; waiting; polled abc generating;"
                + " statusChanged abc generating; waiting; polled abc completed;"
                + " statusChanged abc completed; finished abc completed",
            accepted,
            answer(200, GENERATING),
            done),
        new Row(
            "completed, as a future",
            GENERATE_LATER,
            "created abc queued; waiting; polled abc completed; statusChanged abc completed;"
                + " finished abc completed",
            accepted,
            done),
        new Row(
            "completed at once", GENERATE, "created abc completed; finished abc completed", done),
        new Row(
            "completed, the video later",
            AWAIT,
            "polled abc completed; statusChanged abc completed; waiting; polled abc completed;"
                + " finished abc completed",
            answer(200, "{\"status\":\"completed\"}"),
            done),
        new Row(
            "failed",
            GENERATE,
            "created abc queued; waiting; polled abc error; statusChanged abc error;"
                + " finished abc error; failed GenerationFailedException",
            accepted,
            answer(200, ERROR)),
        new Row(
            "failed, as a future",
            (client, file) -> client.awaitAsync("abc").join(),
            "polled abc error; statusChanged abc error; finished abc error;"
                + " failed GenerationFailedException",
            answer(200, ERROR)),
        new Row(
            "a look without an answer",
            AWAIT,
            "pollFailed abc; waiting; pollFailed abc; waiting; polled abc completed;"
                + " statusChanged abc completed; finished abc completed",
            answer(500, ""),
            answer(200, "<html>"),
            done),
        new Row(
            "look refused",
            GENERATE,
            "created abc queued; waiting; failed ApiException",
            accepted,
            answer(401, "{}")),
        new Row(
            "deadline",
            AWAIT,
            "polled abc queued; statusChanged abc queued; waiting; polled abc queued; waiting;"
                + " polled abc queued; failed GenerationTimeoutException",
            accepted),
        new Row("a single look", (client, file) -> client.get("abc"), "", accepted));
  }

  static Stream<Row> downloads() {
    Step done = (request, socket) -> completed(request.header("Host")).answer(request, socket);
    Step film = answer(200, "ftyp-film");
    String looked = "polled abc completed; statusChanged abc completed; finished abc completed; ";
    return Stream.of(
        new Row("whole", AWAIT_FILE, looked + "downloaded abc film.mp4", done, film),
        new Row(
            "from the create to the file",
            GENERATE_FILE,
            "created abc queued; waiting; " + looked + "downloaded abc film.mp4",
            answer(200, QUEUED),
            done,
            film),
        new Row(
            "download alone",
            (client, file) -> client.download(client.get("abc"), file),
            "downloaded abc film.mp4",
            done,
            film),
        new Row(
            "download alone, as a future",
            (client, file) -> client.downloadAsync(client.get("abc"), file).join(),
            "downloaded abc film.mp4",
            done,
            film),
        new Row(
            "breaks and goes on",
            AWAIT_FILE,
            looked + "downloadFailed abc; downloadFailed abc; downloaded abc film.mp4",
            done,
            cutOff(200, "ftyp"),
            hangUp(),
            film),
        new Row(
            "dead link",
            AWAIT_FILE,
            looked + "downloadFailed abc; downloaded abc film.mp4",
            done,
            answer(403, ""),
            done,
            film),
        new Row("refused", AWAIT_FILE, looked + "failed DownloadException", done, answer(418, "")),
        new Row(
            "broken to the end",
            AWAIT_FILE,
            looked
                + "downloadFailed abc; downloadFailed abc; downloadFailed abc; downloadFailed abc;"
                + " failed DownloadException",
            done,
            answer(500, "")),
        new Row(
            "no video yet",
            (client, file) -> client.downloadAsync(client.get("abc"), file).join(),
            "failed DownloadException",
            answer(200, QUEUED)));
  }

  @ParameterizedTest
  @MethodSource({"creates", "waits", "downloads"})
  void row(Row row) throws IOException {
    Heard heard = new Heard();
    try (RawServer server = new RawServer(inOrder(row.steps()));
        FakeScheduler scheduler = new FakeScheduler();
        VideoClient client = client(server, heard).scheduler(scheduler).build()) {

      Throwable failure = catchThrowable(() -> row.call().on(client, folder.resolve("film.mp4")));

      assertThat(String.join("; ", heard.events)).isEqualTo(row.events());
      boolean toldOfFailure =
          row.events().contains("; failed") || row.events().startsWith("failed");
      assertThat(failure != null).as("what is thrown is told").isEqualTo(toldOfFailure);
    }
  }

  @Test
  void endOfTheClientIsHeardOnceByEachCall() throws Exception {
    Heard heard = new Heard();
    try (RawServer server = new RawServer(inOrder(answer(200, QUEUED), hang()))) {
      VideoClient client = client(server, heard).pollPolicy(PollPolicy.DEFAULT).build();
      VideoGeneration created = client.createAsync(Samples.minimal()).join();
      VideoGeneration completed = completedAt(server.url() + "/film.mp4");
      var wait = client.awaitAsync(created.id());
      var download = client.downloadAsync(completed, folder.resolve("film.mp4"));

      client.close();

      assertThat(wait).isCompletedExceptionally();
      assertThat(download).isCompletedExceptionally();
      assertThat(heard.next(3))
          .containsExactlyInAnyOrder(
              "created abc queued",
              "failed GenerationInterruptedException",
              "failed DownloadException");
    }
  }

  @Test
  void interruptionIsHeard() throws Exception {
    Heard heard = new Heard();
    try (RawServer server = new RawServer(inOrder(hang()));
        VideoClient client = client(server, heard).build()) {
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      Thread caller = new Thread(() -> thrown.complete(catchThrowable(() -> client.await("abc"))));
      caller.start();
      caller.interrupt();

      assertThat(thrown.get(10, TimeUnit.SECONDS))
          .isInstanceOf(GenerationInterruptedException.class);
      assertThat(heard.next(1)).containsExactly("failed GenerationInterruptedException");
    }
  }

  @Test
  void downloadTellsHowLongItTook() throws IOException {
    List<Duration> took = new ArrayList<>();
    GenerationListener listener =
        new GenerationListener() {
          @Override
          public void onDownloaded(VideoGeneration generation, Path file, Duration duration) {
            assertThat(file).hasContent("film");
            took.add(duration);
          }
        };
    Step busy = answer(503, "", "Retry-After: 9");
    try (RawServer server = new RawServer(inOrder(busy, answer(200, "film")));
        FakeScheduler scheduler = new FakeScheduler();
        VideoClient client = client(server, listener).scheduler(scheduler).build()) {
      client.download(completedAt(server.url() + "/film.mp4"), folder.resolve("film.mp4"));
    }

    assertThat(took).containsExactly(Duration.ofSeconds(9));
  }

  private static VideoClientBuilder client(RawServer server, GenerationListener listener) {
    return VideoClient.builder()
        .apiKey("key")
        .baseUrl(server.url())
        .pollPolicy(PollPolicy.EVERY_15_SECONDS.withTimeout(Duration.ofSeconds(20)))
        .listener(listener);
  }

  private static Step completed(String host) {
    return answer(200, completedJson("http://" + host + "/film.mp4"));
  }

  private static VideoGeneration completedAt(String link) {
    return Samples.generation(completedJson(link));
  }

  private static String completedJson(String link) {
    return "{\"id\":\"abc\",\"status\":\"completed\",\"video\":{\"url\":\"" + link + "\"}}";
  }

  /** Notes every event. */
  private static final class Heard implements GenerationListener {
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    /** So many events, as soon as they are there; more would be a fault too. */
    List<String> next(int count) throws InterruptedException {
      List<String> next = new ArrayList<>();
      while (next.size() < count) {
        String event = events.poll(10, TimeUnit.SECONDS);
        if (event == null) throw new AssertionError("heard only " + next);
        next.add(event);
      }
      next.addAll(events);
      return next;
    }

    @Override
    public void onWarning(String warning) {
      events.add("warned");
    }

    @Override
    public void onCreated(VideoGeneration generation) {
      events.add("created " + generation);
    }

    @Override
    public void onCreateRetry(String clientRequestId, ApiException cause) {
      events.add("createFailed");
    }

    @Override
    public void onOutcomeUnknown(String clientRequestId, CreateOutcomeUnknownException cause) {
      events.add("submissionUnknown");
    }

    @Override
    public void onPolled(VideoGeneration generation) {
      events.add("polled " + generation);
    }

    @Override
    public void onStatusChanged(VideoGeneration generation) {
      events.add("statusChanged " + generation);
    }

    @Override
    public void onPollScheduled(
        VideoGeneration generation, Duration untilNextLook, Duration expected) {
      events.add("waiting");
    }

    @Override
    public void onPollRetry(String generationId, Exception cause) {
      events.add("pollFailed " + generationId);
    }

    @Override
    public void onEnded(VideoGeneration generation) {
      events.add("finished " + generation);
    }

    @Override
    public void onDownloadRetry(VideoGeneration generation, DownloadException cause) {
      events.add("downloadFailed " + generation.id());
    }

    @Override
    public void onDownloaded(VideoGeneration generation, Path file, Duration took) {
      events.add("downloaded " + generation.id() + " " + file.getFileName());
    }

    @Override
    public void onError(VideoException cause) {
      events.add("failed " + cause.getClass().getSimpleName());
    }
  }
}
