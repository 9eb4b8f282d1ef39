package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a whole program can show: that it ends, and how much memory it needs. */
class ProcessTest {
  private final Server server = new Server();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void programThatForgetsToCloseStillEnds() throws IOException {
    server.status("queued");
    server.answer(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));

    try (Forked program = Forked.start(folder, "key", List.of(), Forgetful.class, server.url())) {
      assertThat(program.exitCode()).as(program.err()).isZero();
      assertThat(program.out()).isEqualTo("still waiting\n");
    }
  }

  @Test
  void pictureOf100MegabytesNeedsNoMemoryOfItsSize() throws IOException {
    Path picture = folder.resolve("picture.bmp");
    try (RandomAccessFile file = new RandomAccessFile(picture.toFile(), "rw")) {
      file.writeBytes("BM");
      file.setLength(100 << 20);
    }
    server.web.setBodyLimit(0);
    server.status("queued");

    try (Forked program =
        Forked.start(
            folder, "key", List.of("-Xmx16m"), Sender.class, server.url(), picture.toString())) {
      assertThat(program.exitCode()).as(program.err()).isZero();
    }
    assertThat(server.request().getBodySize()).isGreaterThan((100L << 20) * 4 / 3);
  }

  @Test
  void filmOf200MegabytesNeedsNoMemoryOfItsSize() throws IOException {
    server.completed(server.url() + "film.mp4");
    server.web.enqueue(new MockResponse.Builder().body(new Megabytes(200)).build());

    try (Forked program =
        Forked.start(folder, "key", List.of("-Xmx16m"), Fetcher.class, server.url())) {
      assertThat(program.exitCode()).as(program.err()).isZero();
    }
    assertThat(folder.resolve("film.mp4")).hasSize(200L << 20);
  }

  @Test
  void programWithAnOkHttpClientOfItsOwnEndsToo() throws IOException {
    server.status("queued");
    server.answer(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));

    try (Forked program =
        Forked.start(folder, "key", List.of(), Forgetful.class, server.url(), "own")) {
      assertThat(program.exitCode()).as(program.err()).isZero();
    }
  }

  /** Leaves a client open that waits for the next look, with a look under way. */
  static final class Forgetful {
    public static void main(String[] args) {
      VideoClientBuilder builder = VideoClient.builder().baseUrl(args[0]);
      if (args.length > 1) builder.httpClient(new OkHttpClient());
      VideoClient client = builder.build();
      String id = client.create(Samples.minimal()).id();
      client.awaitAsync(id);
      client.awaitAsync(id);
      System.out.println("still waiting");
    }
  }

  /** Sends one picture. */
  static final class Sender {
    public static void main(String[] args) {
      try (VideoClient client = VideoClient.builder().baseUrl(args[0]).build()) {
        client.create(Samples.minimal().imageUrl(Image.file(Path.of(args[1]))));
      }
    }
  }

  /** Fetches one film. */
  static final class Fetcher {
    public static void main(String[] args) {
      try (VideoClient client = VideoClient.builder().baseUrl(args[0]).build()) {
        client.await("abc", Path.of("film.mp4"));
      }
    }
  }

  /** Zeros that nobody holds in memory. */
  private record Megabytes(int count) implements MockResponseBody {
    @Override
    public long getContentLength() {
      return (long) count << 20;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      byte[] megabyte = new byte[1 << 20];
      for (int i = 0; i < count; i++) sink.write(megabyte);
    }
  }
}
