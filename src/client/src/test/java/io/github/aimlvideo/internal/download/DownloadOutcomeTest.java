package io.github.aimlvideo.internal.download;

import static io.github.aimlvideo.fixture.RawServer.cutOff;
import static io.github.aimlvideo.fixture.RawServer.hangUp;
import static io.github.aimlvideo.fixture.RawServer.inOrder;
import static io.github.aimlvideo.fixture.RawServer.raw;
import static io.github.aimlvideo.fixture.RawServer.reset;
import static io.github.aimlvideo.fixture.RawServer.respond;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.DownloadException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.fixture.FakeScheduler;
import io.github.aimlvideo.fixture.RawServer;
import io.github.aimlvideo.fixture.RawServer.Request;
import io.github.aimlvideo.fixture.RawServer.Step;
import io.github.aimlvideo.fixture.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One row for each thing that can happen to a download: the file and the requests. */
@Timeout(60)
class DownloadOutcomeTest {
  private static final String VIDEO = "ftyp-0123456789";
  private static final String POLL = "poll";

  @TempDir private Path folder;

  /**
   * {@code outcome}: the content of the file, or part of the exception's message. {@code requests}:
   * the Range of each request for the video, {@code poll} for a poll of the generation.
   */
  record Row(String name, String outcome, List<String> requests, Step... steps) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Row> rows() {
    Step whole = respond(200, VIDEO);
    Step fresh = (request, socket) -> completed(request).respond(request, socket);
    return Stream.of(
        new Row("whole", VIDEO, List.of(""), whole),
        new Row("resumes after a break", VIDEO, List.of("", "bytes=5-"), begin(), rest(5)),
        new Row(
            "breaks twice",
            VIDEO,
            List.of("", "bytes=5-", "bytes=7-"),
            begin(),
            part(5, 7),
            rest(7)),
        new Row("reset before the first byte", VIDEO, List.of("", ""), reset(), whole),
        new Row("server cannot resume", VIDEO, List.of("", "bytes=5-"), begin(), whole),
        new Row(
            "range refused",
            VIDEO,
            List.of("", "bytes=5-", ""),
            begin(),
            respond(416, "", "Content-Range: bytes */15"),
            whole),
        new Row(
            "wrong range",
            VIDEO,
            List.of("", "bytes=5-", ""),
            begin(),
            respond(206, "xx", "Content-Range: bytes 3-4/15"),
            whole),
        new Row(
            "rest too short",
            VIDEO,
            List.of("", "bytes=5-", "bytes=7-"),
            begin(),
            respond(206, "01", "Content-Range: bytes 5-6/15"),
            rest(7)),
        new Row(
            "busy",
            VIDEO,
            List.of("", "", "", ""),
            respond(503, "", "Retry-After: 9"),
            respond(429, ""),
            respond(500, ""),
            whole),
        new Row("expired link", VIDEO, List.of("", POLL, ""), respond(403, ""), fresh, whole),
        new Row(
            "expires twice",
            VIDEO,
            List.of("", POLL, "", POLL, ""),
            respond(404, ""),
            fresh,
            respond(410, ""),
            fresh,
            whole),
        new Row(
            "always expired",
            "returned 401",
            List.of("", POLL, "", POLL, ""),
            respond(401, ""),
            fresh,
            respond(401, ""),
            fresh,
            respond(401, "")),
        new Row(
            "break, then expired, no validator",
            VIDEO,
            List.of("", "bytes=5-", POLL, ""),
            begin(),
            respond(403, ""),
            fresh,
            whole),
        new Row(
            "no fresh link at once",
            VIDEO,
            List.of("", POLL, "", POLL, "", POLL, "", POLL, ""),
            respond(403, ""),
            respond(500, "{\"message\":\"busy\"}"),
            respond(403, ""),
            respond(429, "{}", "Retry-After: 2"),
            respond(403, ""),
            respond(200, "<html>"),
            respond(403, ""),
            fresh,
            whole),
        new Row(
            "an HTML page after a space",
            "not a video",
            List.of("", "", "", "", ""),
            respond(200, " \n<!DOCTYPE html>")),
        new Row(
            "break, then expired, same ETag",
            VIDEO,
            List.of("", "bytes=5-", POLL, "bytes=5-"),
            begin("ETag: \"a\""),
            respond(403, ""),
            fresh,
            rest(5)),
        new Row(
            "no fresh link",
            "no fresh link",
            List.of("", POLL),
            respond(403, ""),
            respond(401, "{}")),
        new Row("empty, then whole", VIDEO, List.of("", ""), respond(200, ""), whole),
        new Row("always empty", "empty file", List.of("", "", "", "", ""), respond(200, "")),
        new Row(
            "an HTML page",
            "not a video",
            List.of("", "", "", "", ""),
            respond(200, "<html>", "Content-Type: video/mp4")),
        new Row(
            "JSON",
            "not a video",
            List.of("", "", "", "", ""),
            respond(200, "x", "Content-Type: application/json")),
        new Row(
            "breaks at every byte",
            VIDEO,
            List.of("", "bytes=5-", "bytes=6-", "bytes=7-", "bytes=8-", "bytes=9-", "bytes=10-"),
            begin(),
            part(5, 6),
            part(6, 7),
            part(7, 8),
            part(8, 9),
            part(9, 10),
            rest(10)),
        new Row(
            "five breaks at one byte",
            "the connection broke",
            List.of("", "bytes=5-", "bytes=5-", "bytes=5-", "bytes=5-"),
            begin(),
            part(5, 5)),
        new Row(
            "rest with another ETag",
            VIDEO,
            List.of("", "bytes=5-", ""),
            begin("ETag: \"a\""),
            respond(206, "0123456789", "Content-Range: bytes 5-14/15", "ETag: \"b\""),
            whole),
        new Row(
            "rest of another total",
            VIDEO,
            List.of("", "bytes=5-", "bytes=7-", ""),
            begin(),
            part(5, 7),
            respond(206, "xx", "Content-Range: bytes 7-8/9"),
            whole),
        new Row(
            "MP4 as text",
            "\0\0\0\fftypmp42",
            List.of(""),
            respond(200, "\0\0\0\fftypmp42", "Content-Type: text/plain")),
        new Row(
            "XML behind a byte order mark",
            "not a video",
            List.of("", "", "", "", ""),
            respond(200, "\ufeff<?xml version='1.0'?>", "Content-Type: video/mp4")),
        new Row(
            "five closed connections", "cannot be fetched", List.of("", "", "", "", ""), hangUp()),
        new Row(
            "larger than the limit",
            "larger than the limit of 100 bytes",
            List.of(""),
            respond(200, "f".repeat(101))),
        new Row("refused", "returned 418", List.of(""), respond(418, "")));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void row(Row row) throws IOException {
    Path file = folder.resolve("video.mp4");
    try (RawServer server = new RawServer(inOrder(row.steps()));
        FakeScheduler scheduler = new FakeScheduler();
        VideoClient client =
            VideoClient.builder()
                .apiKey("key")
                .baseUrl(server.url())
                .scheduler(scheduler)
                .maxDownloadBytes(100)
                .build()) {

      String outcome = outcome(client, generation(server), file);

      assertThat(outcome).contains(row.outcome());
      assertThat(server.requests("GET").stream().map(DownloadOutcomeTest::range))
          .isEqualTo(row.requests());
      assertThat(
              server.requests("GET").stream()
                  .filter(r -> !range(r).equals(POLL))
                  .map(r -> r.header("Authorization")))
          .containsOnly("");
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(row.outcome().contains("ftyp") ? 1 : 0);
    }
  }

  private static String outcome(VideoClient client, VideoGeneration generation, Path file)
      throws IOException {
    try {
      return Files.readString(client.download(generation, file));
    } catch (DownloadException e) {
      assertThat(e.generationId()).contains("abc");
      return e.getMessage();
    }
  }

  private static VideoGeneration generation(RawServer server) {
    String json =
        "{\"status\":\"completed\",\"video\":{\"url\":\"" + server.url() + "/video.mp4\"}}";
    return Samples.generation(json);
  }

  private static String range(Request request) {
    return request.target().startsWith("/v2/") ? POLL : request.header("Range");
  }

  private static Step completed(Request poll) {
    String link = "http://" + poll.header("Host") + "/fresh.mp4";
    return respond(200, "{\"status\":\"completed\",\"video\":{\"url\":\"" + link + "\"}}");
  }

  /** The first five bytes, then a break. */
  private static Step begin(String... headers) {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n";
    for (String header : headers) head += header + "\r\n";
    return raw((head + "\r\n" + VIDEO.substring(0, 5)).getBytes(StandardCharsets.US_ASCII));
  }

  private static Step part(int from, int to) {
    return cutOff(206, VIDEO.substring(from, to), "Content-Range: bytes " + from + "-14/15");
  }

  private static Step rest(int from) {
    return respond(206, VIDEO.substring(from), "Content-Range: bytes " + from + "-14/15");
  }
}
