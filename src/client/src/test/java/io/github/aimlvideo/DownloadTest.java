package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
  private static final byte[] FILM = new byte[300_000];

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
  void filmComesWholeIntoANewFolder() throws IOException {
    cdn.enqueue(film().build());

    Path file =
        client.download(completed("/a%2Fb%2B.mp4?sig=a|b^c"), folder.resolve("new/film.mp4"));

    assertThat(file).hasBinaryContent(FILM);
    assertThat(filesIn(folder.resolve("new"))).containsExactly("film.mp4");
  }

  @Test
  void keyStaysWithTheApi() throws InterruptedException {
    cdn.enqueue(
        new MockResponse.Builder().code(302).addHeader("Location", cdn.url("/moved.mp4")).build());
    cdn.enqueue(film().build());

    client.download(completed("/film.mp4"), folder.resolve("film.mp4"));

    RecordedRequest first = cdn.takeRequest(5, TimeUnit.SECONDS);
    RecordedRequest moved = cdn.takeRequest(5, TimeUnit.SECONDS);
    assertThat(moved.getTarget()).isEqualTo("/moved.mp4");
    assertThat(first.getHeaders().get("Authorization")).isNull();
    assertThat(moved.getHeaders().get("Authorization")).isNull();
  }

  @Test
  void brokenDownloadLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("film.mp4"), "old");
    cdn.enqueue(film().onResponseBody(SocketEffect.ShutdownConnection.INSTANCE).build());

    assertThatThrownBy(() -> client.download(completed("/film.mp4"), file))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("generation " + Server.ID);

    assertThat(file).hasContent("old");
    assertThat(filesIn(folder)).containsExactly("film.mp4");
  }

  @Test
  void wholeFilmReplacesTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("film.mp4"), "old");
    cdn.enqueue(film().build());

    client.download(completed("/film.mp4"), file);

    assertThat(file).hasBinaryContent(FILM);
  }

  @Test
  void whatIsNoFilmIsRefused() throws IOException {
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
  void generationWithoutFilmIsRefused() {
    server.status("generating");
    VideoGeneration running = client.get(Server.ID);

    assertThatThrownBy(() -> client.download(running, folder.resolve("f.mp4")))
        .isInstanceOf(DownloadException.class)
        .hasMessage("generation " + Server.ID + ": there is no video yet");
    assertThatThrownBy(() -> client.downloadAsync(running, folder.resolve("f.mp4")).get())
        .hasCauseInstanceOf(DownloadException.class);
  }

  @Test
  void futureOfAGenerationBringsItsFilm() throws Exception {
    cdn.enqueue(film().build());
    server.status("queued").completed("http://127.0.0.1:" + cdn.getPort() + "/film.mp4");
    Path file = folder.resolve("film.mp4");

    VideoGeneration film = client.generateAsync(Samples.minimal(), file).get(10, TimeUnit.SECONDS);

    assertThat(film.isCompleted()).isTrue();
    assertThat(file).hasBinaryContent(FILM);
  }

  @Test
  void futureOfAWaitFailsAsTheDownloadDoes() {
    RetryPolicy once = new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO);
    server.completed("http://127.0.0.1:" + cdn.getPort() + "/film.mp4");
    cdn.enqueue(new MockResponse.Builder().code(500).build());

    try (VideoClient impatient = server.client().retryPolicy(once).build()) {
      assertThatThrownBy(() -> impatient.awaitAsync(Server.ID, folder.resolve("film.mp4")).join())
          .hasCauseInstanceOf(DownloadException.class);
    }
  }

  @Test
  void futureIsNotBegunWhereNothingCanBeSaved() {
    assertThatThrownBy(() -> client.generateAsync(Samples.minimal(), folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot save to " + folder);
    assertThat(server.web.getRequestCount()).isZero();
  }

  @Test
  void cancelledFutureStopsTheWait() {
    server.status("queued");
    CompletableFuture<VideoGeneration> film =
        client.generateAsync(Samples.minimal(), folder.resolve("film.mp4"));

    film.cancel(false);

    assertThat(film).isCancelled();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void folderThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "").resolve("film.mp4");
    cdn.enqueue(film().build());

    assertThatThrownBy(() -> client.download(completed("/film.mp4"), file))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("cannot save " + file);
  }

  private static MockResponse.Builder film() {
    return new MockResponse.Builder()
        .addHeader("Content-Type", "video/mp4")
        .body(new Buffer().write(FILM));
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
