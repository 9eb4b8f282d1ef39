package io.github.aimlvideo.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.aimlvideo.DownloadException;
import io.github.aimlvideo.RetryPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.fixture.Server;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the link to the file, over real HTTP. */
class DownloadTest {
  private static final byte[] VIDEO = new byte[300_000];

  private final Server server = new Server();
  private final VideoClient client = server.client().build();
  private final MockWebServer cdn = new MockWebServer();
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    cdn.start();
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
    cdn.close();
  }

  @Test
  void videoIsSavedInANewFolder() throws IOException {
    cdn.enqueue(video().build());

    Path file =
        client.download(completed("/a%2Fb%2B.mp4?sig=a|b^c"), folder.resolve("new/video.mp4"));

    assertThat(file).hasBinaryContent(VIDEO);
    assertThat(filesIn(folder.resolve("new"))).containsExactly("video.mp4");
  }

  @Test
  void keyStaysWithTheApi() throws InterruptedException {
    cdn.enqueue(
        new MockResponse.Builder().code(302).addHeader("Location", cdn.url("/moved.mp4")).build());
    cdn.enqueue(video().build());

    client.download(completed("/video.mp4"), folder.resolve("video.mp4"));

    RecordedRequest first = cdn.takeRequest(5, TimeUnit.SECONDS);
    RecordedRequest moved = cdn.takeRequest(5, TimeUnit.SECONDS);
    assertThat(moved.getTarget()).isEqualTo("/moved.mp4");
    assertThat(first.getHeaders().get("Authorization")).isNull();
    assertThat(moved.getHeaders().get("Authorization")).isNull();
  }

  @Test
  void brokenDownloadLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("video.mp4"), "old");
    cdn.enqueue(video().onResponseBody(SocketEffect.ShutdownConnection.INSTANCE).build());

    assertThatThrownBy(() -> client.download(completed("/video.mp4"), file))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("generation " + Server.ID);

    assertThat(file).hasContent("old");
    assertThat(filesIn(folder)).containsExactly("video.mp4");
  }

  @Test
  void wholeVideoReplacesTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("video.mp4"), "old");
    cdn.enqueue(video().build());

    client.download(completed("/video.mp4"), file);

    assertThat(file).hasBinaryContent(VIDEO);
  }

  @Test
  void responsesThatAreNoVideoAreRefused() throws IOException {
    cdn.enqueue(new MockResponse.Builder().code(418).build());
    cdn.enqueue(
        new MockResponse.Builder().addHeader("Content-Type", "text/html").body("x").build());
    cdn.enqueue(new MockResponse.Builder().addHeader("Content-Type", "video/mp4").build());

    for (String why : new String[] {"returned 418", "text/html", "empty file"}) {
      assertThatThrownBy(() -> client.download(completed("/f.mp4"), folder.resolve("f.mp4")))
          .isInstanceOf(DownloadException.class)
          .hasMessageContaining(why);
    }
    assertThat(filesIn(folder)).isEmpty();
  }

  @Test
  void generationWithoutVideoIsRefused() {
    server.status("generating");
    VideoGeneration running = client.get(Server.ID);

    assertThatThrownBy(() -> client.download(running, folder.resolve("f.mp4")))
        .isInstanceOf(DownloadException.class)
        .hasMessage("generation " + Server.ID + ": there is no video yet");
    assertThatThrownBy(() -> client.downloadAsync(running, folder.resolve("f.mp4")).get())
        .hasCauseInstanceOf(DownloadException.class);
  }

  @Test
  void futureOfAGenerationSavesItsVideo() throws Exception {
    cdn.enqueue(video().build());
    server.status("queued").completed("http://127.0.0.1:" + cdn.getPort() + "/video.mp4");
    Path file = folder.resolve("video.mp4");

    VideoGeneration generation =
        client.generateAsync(Samples.minimal(), file).get(10, TimeUnit.SECONDS);

    assertThat(generation.isCompleted()).isTrue();
    assertThat(file).hasBinaryContent(VIDEO);
  }

  @Test
  void futureOfAWaitFailsAsTheDownloadDoes() {
    RetryPolicy once = new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO);
    server.completed("http://127.0.0.1:" + cdn.getPort() + "/video.mp4");
    cdn.enqueue(new MockResponse.Builder().code(500).build());

    try (VideoClient impatient = server.client().retryPolicy(once).build()) {
      assertThatThrownBy(() -> impatient.awaitAsync(Server.ID, folder.resolve("video.mp4")).join())
          .hasCauseInstanceOf(DownloadException.class);
    }
  }

  @Test
  void fileThatAppearsDuringTheDownloadIsNotReplaced() throws IOException {
    Path file = folder.resolve("video.mp4");
    VideoGeneration generation = completed("/video.mp4");
    cdn.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            write(file, "somebody else's");
            return video().build();
          }
        });

    Throwable failure = catchThrowable(() -> client.download(generation, file));

    assertThat(failure)
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("cannot save " + file + ": another file has appeared there")
        .hasMessageEndingWith("; the whole video is in " + kept());

    assertThat(file).hasContent("somebody else's");
    assertThat(kept()).hasBinaryContent(VIDEO);
    assertThat(filesIn(folder)).hasSize(2);
  }

  @Test
  void wholeVideoThatCannotBeSavedIsKept() throws IOException {
    Path file = Files.createDirectories(folder.resolve("video.mp4/sub")).getParent();
    cdn.enqueue(video().build());
    VideoGeneration generation = completed("/video.mp4");

    Throwable failure = catchThrowable(() -> client.download(generation, file));

    assertThat(failure)
        .isInstanceOf(DownloadException.class)
        .hasMessageStartingWith("generation " + Server.ID + ": cannot save " + file + ": ")
        .hasMessageEndingWith("; the whole video is in " + kept());

    assertThat(kept()).hasBinaryContent(VIDEO);
    assertThat(filesIn(folder)).hasSize(2);
  }

  private Path kept() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().matches(".*/video-[0-9a-f]{8}\\.mp4")).findAny().get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A stream cannot be rewound, so only a whole video reaches it. */
  @Test
  void videoIsWrittenToAStream() {
    cdn.enqueue(video().onResponseBody(SocketEffect.ShutdownConnection.INSTANCE).build());
    cdn.enqueue(video().build());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    VideoGeneration generation = completed("/video.mp4");

    try (VideoClient patient = server.client().retryPolicy(RetryPolicy.DEFAULT).build()) {
      patient.download(generation, out);
    }

    assertThat(out.toByteArray()).isEqualTo(VIDEO);
  }

  @Test
  void streamThatFailsIsADownloadException() {
    cdn.enqueue(video().build());
    VideoGeneration generation = completed("/video.mp4");
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("disk full");
          }
        };

    assertThatThrownBy(() -> client.download(generation, full))
        .isInstanceOf(DownloadException.class)
        .hasMessage("generation " + Server.ID + ": cannot write the video: disk full");
  }

  @Test
  void unwritableFileIsRefusedBeforeTheCreate() {
    Path tooLong = folder.resolve("x".repeat(300) + ".mp4");
    assertThatThrownBy(() -> client.generate(Samples.minimal(), tooLong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot save to " + tooLong);
    assertThatThrownBy(() -> client.generateAsync(Samples.minimal(), folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot save to " + folder);
    assertThat(server.web.getRequestCount()).isZero();
  }

  @Test
  void cancelledFutureStopsTheWait() {
    server.status("queued");
    CompletableFuture<VideoGeneration> generation =
        client.generateAsync(Samples.minimal(), folder.resolve("video.mp4"));

    generation.cancel(false);

    assertThat(generation).isCancelled();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void folderThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "").resolve("video.mp4");
    cdn.enqueue(video().build());

    assertThatThrownBy(() -> client.download(completed("/video.mp4"), file))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("cannot save " + file);
  }

  private static MockResponse.Builder video() {
    return new MockResponse.Builder()
        .addHeader("Content-Type", "video/mp4")
        .body(new Buffer().write(VIDEO));
  }

  private VideoGeneration completed(String path) {
    server.completed("http://127.0.0.1:" + cdn.getPort() + path);
    return client.get(Server.ID);
  }

  private static Stream<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
