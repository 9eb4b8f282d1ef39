package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.fixture.ForkedJvm;
import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.fixture.Server;
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

/** Whole programs: that they end, and how much memory they need. */
class ProcessTest {
  private final Server server = new Server();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void programThatForgetsToCloseStillEnds() {
    server.status("queued");
    server.respond(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));

    ForkedJvm program = ForkedJvm.run(folder, List.of(), Forgetful.class, server.url());

    assertThat(program.exitCode()).as(program.err()).isZero();
    assertThat(program.out()).isEqualTo("still waiting\n");
  }

  @Test
  void imageOf100MegabytesNeedsNoMemoryOfItsSize() throws IOException {
    Path image = folder.resolve("image.bmp");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.writeBytes("BM");
      file.setLength(100 << 20);
    }
    server.web.setBodyLimit(0);
    server.status("queued");

    ForkedJvm program =
        ForkedJvm.run(folder, List.of("-Xmx16m"), Sender.class, server.url(), image.toString());

    assertThat(program.exitCode()).as(program.err()).isZero();
    assertThat(server.request().getBodySize()).isGreaterThan((100L << 20) * 4 / 3);
  }

  @Test
  void videoOf200MegabytesNeedsNoMemoryOfItsSize() {
    server.completed(server.url() + "video.mp4");
    server.web.enqueue(new MockResponse.Builder().body(new Megabytes(200)).build());

    ForkedJvm program = ForkedJvm.run(folder, List.of("-Xmx16m"), Downloader.class, server.url());

    assertThat(program.exitCode()).as(program.err()).isZero();
    assertThat(folder.resolve("video.mp4")).hasSize(200L << 20);
  }

  @Test
  void idSurvivesAResponseThatFillsTheMemory() {
    server.web.enqueue(created(Server.ID, 100 << 20));

    ForkedJvm program = ForkedJvm.run(folder, List.of("-Xmx16m"), Creator.class, server.url(), "1");

    assertThat(program.out()).as(program.err()).isEqualTo(Server.ID + "\n");
  }

  @Test
  void responsesOfCreatesAreNotKept() {
    for (int i = 0; i < 100; i++) server.web.enqueue(created("id-" + i, (1 << 20) - 100));

    ForkedJvm program =
        ForkedJvm.run(folder, List.of("-Xmx48m"), Creator.class, server.url(), "100");

    assertThat(program.out()).as(program.err()).contains("id-0\n", "id-99\n");
  }

  /** The response to a create, with so much that nobody asked for. */
  private static MockResponse created(String id, int junk) {
    String begin = "{\"id\":\"" + id + "\",\"status\":\"queued\",\"junk\":\"";
    return new MockResponse.Builder().body(begin + "x".repeat(junk) + "\"}").build();
  }

  @Test
  void programWithAnOkHttpClientOfItsOwnEndsToo() {
    server.status("queued");
    server.respond(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));

    ForkedJvm program = ForkedJvm.run(folder, List.of(), Forgetful.class, server.url(), "own");

    assertThat(program.exitCode()).as(program.err()).isZero();
  }

  /** Leaves a client open between two polls, with a poll in progress. */
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

  /** Creates so many generations and prints their ids. */
  static final class Creator {
    public static void main(String[] args) {
      try (VideoClient client = VideoClient.builder().baseUrl(args[0]).build()) {
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
          System.out.println(client.create(Samples.minimal().prompt("" + i)).id());
        }
      }
    }
  }

  /** Sends one image. */
  static final class Sender {
    public static void main(String[] args) {
      try (VideoClient client = VideoClient.builder().baseUrl(args[0]).build()) {
        client.create(Samples.minimal().imageUrl(Image.file(Path.of(args[1]))));
      }
    }
  }

  /** Downloads one video. */
  static final class Downloader {
    public static void main(String[] args) {
      try (VideoClient client = VideoClient.builder().baseUrl(args[0]).build()) {
        client.await(Server.ID, Path.of("video.mp4"));
      }
    }
  }

  /** Zeros that are written without being held in memory. */
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
