package io.github.aimlvideo.internal.download;

import static io.github.aimlvideo.fixture.RawServer.hang;
import static io.github.aimlvideo.fixture.RawServer.inOrder;
import static io.github.aimlvideo.fixture.RawServer.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.DownloadException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.fixture.FakeScheduler;
import io.github.aimlvideo.fixture.RawServer;
import io.github.aimlvideo.fixture.RawServer.Step;
import io.github.aimlvideo.fixture.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file appears only when it is whole, although a cut connection may look like an end. */
@Timeout(60)
class DownloadCompletenessTest {
  private static final byte[] MP4 =
      join(box(12, "ftyp"), box(16, "moov"), longBox(24, "mdat"), box(8, "free"));

  /** No video that the client knows. */
  private static final byte[] OTHER = "RIFF....AVI ".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path folder;

  @Test
  void boxesTellThatAnMp4IsWhole() throws IOException {
    assertThat(save(MP4, untilClosed(MP4))).isEqualTo("saved");
  }

  /** Everywhere but before the free space at the end, which nobody misses. */
  static IntStream cuts() {
    return IntStream.range(0, MP4.length).filter(length -> length != MP4.length - 8);
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void cutMp4IsNotSaved(int length) throws IOException {
    assertThat(save(MP4, untilClosed(Arrays.copyOf(MP4, length)))).isNotEqualTo("saved");
  }

  @Test
  void sizeInTheResponseOfTheApiTells() throws IOException {
    assertThat(save(OTHER, OTHER.length, untilClosed(OTHER))).isEqualTo("saved");
    assertThat(save(OTHER, OTHER.length, untilClosed(Arrays.copyOf(OTHER, 5))))
        .contains("received 5 of 12 bytes");
  }

  @Test
  void sizeCountsMoreThanBoxes() throws IOException {
    assertThat(save(MP4, MP4.length + 8, untilClosed(MP4))).contains("received 60 of 68 bytes");
  }

  @Test
  void otherVideoWhoseEndNothingTellsIsNotSaved() throws IOException {
    assertThat(save(OTHER, untilClosed(OTHER)))
        .contains("received 12 bytes, and nothing tells whether these are all");
  }

  static Stream<byte[]> misleadingBoxes() {
    return Stream.of(
        join(box(12, "ftyp"), box(16, "moov"), box(0, "mdat")),
        join(box(12, "ftyp"), box(16, "moov"), box(4, "mdat")),
        join(box(12, "ftyp"), box(16, "moov"), longBox(-1, "mdat")),
        join(box(12, "ftyp"), box(16, "moov"), longBox(Long.MAX_VALUE, "mdat")),
        join(box(12, "ftyp"), box(16, "moov"), box(-1, "mdat")),
        join(box(12, "ftyp"), box(16, "mdat")),
        join(box(16, "moov"), box(12, "ftyp")));
  }

  @ParameterizedTest
  @MethodSource("misleadingBoxes")
  void boxesThatDoNotEndWithTheFileAreNotSaved(byte[] video) throws IOException {
    assertThat(save(video, untilClosed(video))).contains("nothing tells");
  }

  @Test
  void lastChunkIsAnEnd() throws IOException {
    String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nc\r\n";

    assertThat(save(OTHER, raw(join(ascii(head), OTHER, ascii("\r\n0\r\n\r\n")))))
        .isEqualTo("saved");
    assertThat(save(OTHER, raw(join(ascii(head), OTHER)))).contains("the connection broke");
  }

  @Test
  void rangeOfUnknownTotalIsNoEnd() throws IOException {
    Step begin =
        raw(join(ascii("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"), Arrays.copyOf(OTHER, 5)));
    String range =
        "HTTP/1.1 206 Partial\r\nContent-Range: bytes 5-7/*\r\nContent-Length: 3\r\n\r\n";

    assertThat(save(OTHER, begin, raw(ascii(range + "...")))).isNotEqualTo("saved");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP"})
  void compressedVideoIsSavedAsItIs(String encoding) throws IOException {
    byte[] gzip = gzip(OTHER);

    assertThat(save(OTHER, compressed(encoding, gzip))).isEqualTo("saved");
    for (int length = 0; length < gzip.length; length++) {
      String outcome = save(OTHER, compressed(encoding, Arrays.copyOf(gzip, length)));
      assertThat(outcome).as("%s bytes", length).isNotEqualTo("saved");
    }
  }

  @Test
  void videoInAnUnknownCompressionIsNotSaved() throws IOException {
    assertThat(save(OTHER, compressed("br", OTHER)))
        .contains("the server compresses it by br, not by gzip");
  }

  /** In real time, as no time passes between two bytes. */
  @Test
  void videoThatTricklesEnds() throws IOException {
    Step trickle =
        (request, socket) -> {
          socket
              .getOutputStream()
              .write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nftyp"));
          hang().respond(request, socket);
        };
    try (RawServer server = new RawServer(inOrder(trickle));
        VideoClient client = client(server).downloadTimeout(Duration.ofMillis(300)).build()) {
      assertThatThrownBy(
              () -> client.download(generation(server.url(), -1), folder.resolve("v.mp4")))
          .isInstanceOf(DownloadException.class)
          .hasMessage(
              "generation abc: the download ended early: not complete within the downloadTimeout");
    }
    assertThat(folder).isEmptyDirectory();
  }

  private static VideoClientBuilder client(RawServer server) {
    return VideoClient.builder().apiKey("key").baseUrl(server.url());
  }

  @Test
  void longDownloadTimeoutIsRefusedAtOnce() {
    assertThatThrownBy(() -> VideoClient.builder().downloadTimeout(Duration.ofDays(366)))
        .hasMessage("downloadTimeout > 365 days: PT8784H");
  }

  private String save(byte[] expected, Step... steps) throws IOException {
    return save(expected, -1, steps);
  }

  /** "saved", or the message of the failure. */
  private String save(byte[] expected, long size, Step... steps) throws IOException {
    Path file = folder.resolve("video.mp4");
    try (RawServer server = new RawServer(inOrder(steps));
        FakeScheduler scheduler = new FakeScheduler();
        VideoClient client = client(server).scheduler(scheduler).build()) {
      client.download(generation(server.url(), size), file);

      assertThat(file).hasBinaryContent(expected);
      Files.delete(file);
      return "saved";
    } catch (DownloadException e) {
      assertThat(folder).isEmptyDirectory();
      return e.getMessage();
    }
  }

  private static VideoGeneration generation(String url, long size) {
    String fileSize = size < 0 ? "" : ",\"file_size\":" + size;
    return Samples.generation(
        "{\"status\":\"completed\",\"video\":{\"url\":\"" + url + "/v.mp4\"" + fileSize + "}}");
  }

  /** A response that ends with the connection. */
  private static Step untilClosed(byte[] video) {
    return raw(join(ascii("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n"), video));
  }

  private static Step compressed(String encoding, byte[] bytes) {
    return raw(join(ascii("HTTP/1.1 200 OK\r\nContent-Encoding: " + encoding + "\r\n\r\n"), bytes));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A box of an MP4: its size, its type, and zeros. */
  private static byte[] box(int size, String type) {
    return ByteBuffer.allocate(Math.max(size, 8)).putInt(size).put(ascii(type)).array();
  }

  private static byte[] longBox(long size, String type) {
    ByteBuffer box = ByteBuffer.allocate(24).putInt(1).put(ascii(type));
    return box.putLong(size).array();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) all.writeBytes(part);
    return all.toByteArray();
  }
}
