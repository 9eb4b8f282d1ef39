package io.github.aimlvideo;

import static io.github.aimlvideo.fixture.RawServer.cutOff;
import static io.github.aimlvideo.fixture.RawServer.hang;
import static io.github.aimlvideo.fixture.RawServer.hangUp;
import static io.github.aimlvideo.fixture.RawServer.inOrder;
import static io.github.aimlvideo.fixture.RawServer.reset;
import static io.github.aimlvideo.fixture.RawServer.respond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.aimlvideo.fixture.FakeScheduler;
import io.github.aimlvideo.fixture.RawServer;
import io.github.aimlvideo.fixture.RawServer.Step;
import io.github.aimlvideo.fixture.Samples;
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

/** One row for each way a call can end: which events a listener receives, and in which order. */
@Timeout(60)
class EventsTest {
  private static final String QUEUED = "{\"id\":\"abc\",\"status\":\"queued\"}";
  private static final String GENERATING = "{\"id\":\"abc\",\"status\":\"generating\"}";
  private static final String ERROR = "{\"id\":\"abc\",\"status\":\"error\"}";

  @TempDir private Path folder;

  /** {@code events}: all of them, in order. */
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
  private static final Call GENERATE_ASYNC =
      (client, file) -> client.generateAsync(Samples.minimal()).join();
  private static final Call GENERATE_FILE =
      (client, file) -> client.generate(Samples.minimal(), file);
  private static final Call AWAIT = (client, file) -> client.await("abc");
  private static final Call AWAIT_FILE = (client, file) -> client.await("abc", file);

  static Stream<Row> creates() {
    Step accepted = respond(200, QUEUED);
    Step inLogs =
        respond(200, "{\"data\":[{\"client_request_id\":\"mine\",\"inference_id\":\"found\"}]}");
    return Stream.of(
        new Row("accepted", CREATE, "created abc queued", accepted),
        new Row(
            "beyond one of Kling's limits",
            (client, file) -> client.createAsync(Samples.minimal().prompt("x".repeat(2501))).join(),
            "warning; created abc queued",
            accepted),
        new Row(
            "busy, then accepted",
            CREATE,
            "createRetry; createRetry; created abc queued",
            respond(429, "{}"),
            respond(503, "{}", "Retry-After: 1"),
            accepted),
        new Row("refused", CREATE, "error ApiException", respond(400, "{}")),
        new Row(
            "refused, blocking",
            (client, file) -> client.create(Samples.minimal()),
            "error ApiException",
            respond(400, "{}")),
        new Row(
            "busy for all attempts",
            CREATE,
            "createRetry; createRetry; createRetry; createRetry; error ApiException",
            respond(503, "{}", "Retry-After: 1")),
        new Row(
            "response lost",
            CREATE,
            "outcomeUnknown; error CreateOutcomeUnknownException",
            reset(),
            respond(404, "")),
        new Row(
            "response lost, then found in the logs",
            (client, file) -> client.createAsync(Samples.minimal(), "mine").join(),
            "outcomeUnknown; created found (not polled)",
            reset(),
            inLogs));
  }

  static Stream<Row> polls() {
    Step accepted = respond(200, QUEUED);
    Step done = (request, socket) -> completed(request.header("Host")).respond(request, socket);
    return Stream.of(
        new Row(
            "completed",
            GENERATE,
            "created abc queued; pollScheduled; polled abc generating;"
                + " statusChanged abc generating; pollScheduled; polled abc completed;"
                + " statusChanged abc completed; ended abc completed",
            accepted,
            respond(200, GENERATING),
            done),
        new Row(
            "completed, as a future",
            GENERATE_ASYNC,
            "created abc queued; pollScheduled; polled abc completed; statusChanged abc completed;"
                + " ended abc completed",
            accepted,
            done),
        new Row("completed at once", GENERATE, "created abc completed; ended abc completed", done),
        new Row(
            "completed, with the video in a later poll",
            AWAIT,
            "polled abc completed; statusChanged abc completed; pollScheduled;"
                + " polled abc completed; ended abc completed",
            respond(200, "{\"status\":\"completed\"}"),
            done),
        new Row(
            "failed",
            GENERATE,
            "created abc queued; pollScheduled; polled abc error; statusChanged abc error;"
                + " ended abc error; error GenerationFailedException",
            accepted,
            respond(200, ERROR)),
        new Row(
            "failed, as a future",
            (client, file) -> client.awaitAsync("abc").join(),
            "polled abc error; statusChanged abc error; ended abc error;"
                + " error GenerationFailedException",
            respond(200, ERROR)),
        new Row(
            "two polls that fail",
            AWAIT,
            "pollRetry abc; pollScheduled; pollRetry abc; pollScheduled; polled abc completed;"
                + " statusChanged abc completed; ended abc completed",
            respond(500, ""),
            respond(200, "<html>"),
            done),
        new Row(
            "poll refused",
            GENERATE,
            "created abc queued; pollScheduled; error ApiException",
            accepted,
            respond(401, "{}")),
        new Row(
            "timeout",
            AWAIT,
            "polled abc queued; statusChanged abc queued; pollScheduled; polled abc queued;"
                + " pollScheduled; polled abc queued; error GenerationTimeoutException",
            accepted),
        new Row("a single poll", (client, file) -> client.get("abc"), "", accepted));
  }

  static Stream<Row> downloads() {
    Step done = (request, socket) -> completed(request.header("Host")).respond(request, socket);
    Step video = respond(200, "ftyp-video");
    String polled = "polled abc completed; statusChanged abc completed; ended abc completed; ";
    return Stream.of(
        new Row("whole", AWAIT_FILE, polled + "downloaded abc video.mp4", done, video),
        new Row(
            "from the create to the file",
            GENERATE_FILE,
            "created abc queued; pollScheduled; " + polled + "downloaded abc video.mp4",
            respond(200, QUEUED),
            done,
            video),
        new Row(
            "download alone",
            (client, file) -> client.download(client.get("abc"), file),
            "downloaded abc video.mp4",
            done,
            video),
        new Row(
            "download alone, as a future",
            (client, file) -> client.downloadAsync(client.get("abc"), file).join(),
            "downloaded abc video.mp4",
            done,
            video),
        new Row(
            "connection breaks, download resumes",
            AWAIT_FILE,
            polled + "downloadRetry abc; downloadRetry abc; downloaded abc video.mp4",
            done,
            cutOff(200, "ftyp"),
            hangUp(),
            video),
        new Row(
            "expired link",
            AWAIT_FILE,
            polled + "downloadRetry abc; downloaded abc video.mp4",
            done,
            respond(403, ""),
            done,
            video),
        new Row("refused", AWAIT_FILE, polled + "error DownloadException", done, respond(418, "")),
        new Row(
            "broken in all attempts",
            AWAIT_FILE,
            polled
                + "downloadRetry abc; downloadRetry abc; downloadRetry abc; downloadRetry abc;"
                + " error DownloadException",
            done,
            respond(500, "")),
        new Row(
            "no video yet",
            (client, file) -> client.downloadAsync(client.get("abc"), file).join(),
            "error DownloadException",
            respond(200, QUEUED)));
  }

  @ParameterizedTest
  @MethodSource({"creates", "polls", "downloads"})
  void row(Row row) throws IOException {
    Recorder recorder = new Recorder();
    try (RawServer server = new RawServer(inOrder(row.steps()));
        FakeScheduler scheduler = new FakeScheduler();
        VideoClient client = client(server, recorder).scheduler(scheduler).build()) {

      Throwable failure = catchThrowable(() -> row.call().on(client, folder.resolve("video.mp4")));

      assertThat(String.join("; ", recorder.events)).isEqualTo(row.events());
      boolean reportsError = row.events().contains("; error ") || row.events().startsWith("error ");
      assertThat(failure != null).as("an exception is also an event").isEqualTo(reportsError);
    }
  }

  @Test
  void closeIsReportedOnceForEachCall() throws Exception {
    Recorder recorder = new Recorder();
    try (RawServer server = new RawServer(inOrder(respond(200, QUEUED), hang()))) {
      VideoClient client = client(server, recorder).pollPolicy(PollPolicy.DEFAULT).build();
      VideoGeneration created = client.createAsync(Samples.minimal()).join();
      VideoGeneration completed = completedAt(server.url() + "/video.mp4");
      var wait = client.awaitAsync(created.id());
      var download = client.downloadAsync(completed, folder.resolve("video.mp4"));

      client.close();

      assertThat(wait).isCompletedExceptionally();
      assertThat(download).isCompletedExceptionally();
      assertThat(recorder.next(3))
          .containsExactlyInAnyOrder(
              "created abc queued",
              "error GenerationInterruptedException",
              "error DownloadException");
    }
  }

  @Test
  void interruptionIsReported() throws Exception {
    Recorder recorder = new Recorder();
    try (RawServer server = new RawServer(inOrder(hang()));
        VideoClient client = client(server, recorder).build()) {
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      Thread caller = new Thread(() -> thrown.complete(catchThrowable(() -> client.await("abc"))));
      caller.start();
      caller.interrupt();

      assertThat(thrown.get(10, TimeUnit.SECONDS))
          .isInstanceOf(GenerationInterruptedException.class);
      assertThat(recorder.next(1)).containsExactly("error GenerationInterruptedException");
    }
  }

  @Test
  void downloadReportsItsDuration() throws IOException {
    List<Duration> took = new ArrayList<>();
    GenerationListener listener =
        new GenerationListener() {
          @Override
          public void onDownloaded(VideoGeneration generation, Path file, Duration duration) {
            assertThat(file).hasContent("video");
            took.add(duration);
          }
        };
    Step busy = respond(503, "", "Retry-After: 9");
    try (RawServer server = new RawServer(inOrder(busy, respond(200, "video")));
        FakeScheduler scheduler = new FakeScheduler();
        VideoClient client = client(server, listener).scheduler(scheduler).build()) {
      client.download(completedAt(server.url() + "/video.mp4"), folder.resolve("video.mp4"));
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
    return respond(200, completedJson("http://" + host + "/video.mp4"));
  }

  private static VideoGeneration completedAt(String link) {
    return Samples.generation(completedJson(link));
  }

  private static String completedJson(String link) {
    return "{\"id\":\"abc\",\"status\":\"completed\",\"video\":{\"url\":\"" + link + "\"}}";
  }

  /** Records every event. */
  private static final class Recorder implements GenerationListener {
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    /** Waits for so many events; if there are more, returns them as well. */
    List<String> next(int count) throws InterruptedException {
      List<String> next = new ArrayList<>();
      while (next.size() < count) {
        String event = events.poll(10, TimeUnit.SECONDS);
        if (event == null) throw new AssertionError("received only " + next);
        next.add(event);
      }
      next.addAll(events);
      return next;
    }

    @Override
    public void onWarning(String warning) {
      events.add("warning");
    }

    @Override
    public void onCreated(VideoGeneration generation) {
      events.add("created " + generation);
    }

    @Override
    public void onCreateRetry(String clientRequestId, ApiException cause) {
      events.add("createRetry");
    }

    @Override
    public void onOutcomeUnknown(String clientRequestId, CreateOutcomeUnknownException cause) {
      events.add("outcomeUnknown");
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
    public void onPollScheduled(VideoGeneration generation, Duration delay, Duration expected) {
      events.add("pollScheduled");
    }

    @Override
    public void onPollRetry(String generationId, Exception cause) {
      events.add("pollRetry " + generationId);
    }

    @Override
    public void onEnded(VideoGeneration generation) {
      events.add("ended " + generation);
    }

    @Override
    public void onDownloadRetry(VideoGeneration generation, DownloadException cause) {
      events.add("downloadRetry " + generation.id());
    }

    @Override
    public void onDownloaded(VideoGeneration generation, Path file, Duration took) {
      events.add("downloaded " + generation.id() + " " + file.getFileName());
    }

    @Override
    public void onError(VideoException cause) {
      events.add("error " + cause.getClass().getSimpleName());
    }
  }
}
