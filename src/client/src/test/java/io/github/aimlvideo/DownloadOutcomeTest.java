package io.github.aimlvideo;

import static io.github.aimlvideo.RawServer.answer;
import static io.github.aimlvideo.RawServer.cutOff;
import static io.github.aimlvideo.RawServer.hangUp;
import static io.github.aimlvideo.RawServer.inOrder;
import static io.github.aimlvideo.RawServer.reset;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.RawServer.Request;
import io.github.aimlvideo.RawServer.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One row for each thing that can happen to a download: what is on disk, what was asked for. */
@Timeout(60)
class DownloadOutcomeTest {
  private static final String FILM = "ftyp-0123456789";
  private static final String LOOK = "look";

  @TempDir private Path folder;

  /**
   * {@code outcome}: the content of the file, or what the exception says. {@code asked}: the Range
   * of each request to the film, {@code look} for a look at the generation.
   */
  record Row(String name, String outcome, List<String> asked, Step... steps) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Row> rows() {
    Step whole = answer(200, FILM);
    Step fresh = (request, socket) -> completed(request).answer(request, socket);
    return Stream.of(
        new Row("whole", FILM, List.of(""), whole),
        new Row("goes on after a break", FILM, List.of("", "bytes=5-"), begin(), rest(5)),
        new Row(
            "breaks twice",
            FILM,
            List.of("", "bytes=5-", "bytes=7-"),
            begin(),
            part(5, 7),
            rest(7)),
        new Row("reset before the first byte", FILM, List.of("", ""), reset(), whole),
        new Row("server cannot go on", FILM, List.of("", "bytes=5-"), begin(), whole),
        new Row(
            "range refused",
            FILM,
            List.of("", "bytes=5-", ""),
            begin(),
            answer(416, "", "Content-Range: bytes */15"),
            whole),
        new Row(
            "wrong range",
            FILM,
            List.of("", "bytes=5-", ""),
            begin(),
            answer(206, "xx", "Content-Range: bytes 3-4/15"),
            whole),
        new Row(
            "rest too short",
            FILM,
            List.of("", "bytes=5-", "bytes=7-"),
            begin(),
            answer(206, "01", "Content-Range: bytes 5-6/15"),
            rest(7)),
        new Row(
            "busy",
            FILM,
            List.of("", "", "", ""),
            answer(503, "", "Retry-After: 9"),
            answer(429, ""),
            answer(500, ""),
            whole),
        new Row("dead link", FILM, List.of("", LOOK, ""), answer(403, ""), fresh, whole),
        new Row(
            "dead twice",
            FILM,
            List.of("", LOOK, "", LOOK, ""),
            answer(404, ""),
            fresh,
            answer(410, ""),
            fresh,
            whole),
        new Row(
            "dead for good",
            "returned 401",
            List.of("", LOOK, "", LOOK, ""),
            answer(401, ""),
            fresh,
            answer(401, ""),
            fresh,
            answer(401, "")),
        new Row(
            "break, then dead, no validator",
            FILM,
            List.of("", "bytes=5-", LOOK, ""),
            begin(),
            answer(403, ""),
            fresh,
            whole),
        new Row(
            "no fresh link at once",
            FILM,
            List.of("", LOOK, "", LOOK, "", LOOK, "", LOOK, ""),
            answer(403, ""),
            answer(500, "{\"message\":\"busy\"}"),
            answer(403, ""),
            answer(429, "{}", "Retry-After: 2"),
            answer(403, ""),
            answer(200, "<html>"),
            answer(403, ""),
            fresh,
            whole),
        new Row(
            "a page after a space",
            "not a video",
            List.of("", "", "", "", ""),
            answer(200, " \n<!DOCTYPE html>")),
        new Row(
            "break, then dead, same ETag",
            FILM,
            List.of("", "bytes=5-", LOOK, "bytes=5-"),
            begin("ETag: \"a\""),
            answer(403, ""),
            fresh,
            rest(5)),
        new Row(
            "no fresh link",
            "no fresh link",
            List.of("", LOOK),
            answer(403, ""),
            answer(401, "{}")),
        new Row("empty, then whole", FILM, List.of("", ""), answer(200, ""), whole),
        new Row("always empty", "empty file", List.of("", "", "", "", ""), answer(200, "")),
        new Row(
            "a page",
            "not a video",
            List.of("", "", "", "", ""),
            answer(200, "<html>", "Content-Type: video/mp4")),
        new Row(
            "JSON",
            "not a video",
            List.of("", "", "", "", ""),
            answer(200, "x", "Content-Type: application/json")),
        new Row(
            "five breaks",
            "the connection broke",
            List.of("", "bytes=5-", "bytes=6-", "bytes=7-", "bytes=8-"),
            begin(),
            part(5, 6),
            part(6, 7),
            part(7, 8),
            part(8, 9)),
        new Row("five hang-ups", "cannot be fetched", List.of("", "", "", "", ""), hangUp()),
        new Row(
            "larger than the limit",
            "larger than the limit of 100 bytes",
            List.of(""),
            answer(200, "f".repeat(101))),
        new Row("refused", "returned 418", List.of(""), answer(418, "")));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void row(Row row) throws IOException {
    Path file = folder.resolve("film.mp4");
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
      assertThat(server.requests("GET").stream().map(DownloadOutcomeTest::asked))
          .isEqualTo(row.asked());
      assertThat(
              server.requests("GET").stream()
                  .filter(r -> !asked(r).equals(LOOK))
                  .map(r -> r.header("Authorization")))
          .containsOnly("");
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(row.outcome().equals(FILM) ? 1 : 0);
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
        "{\"status\":\"completed\",\"video\":{\"url\":\"" + server.url() + "/film.mp4\"}}";
    return Samples.generation(json);
  }

  private static String asked(Request request) {
    return request.target().startsWith("/v2/") ? LOOK : request.header("Range");
  }

  private static Step completed(Request look) {
    String link = "http://" + look.header("Host") + "/fresh.mp4";
    return answer(200, "{\"status\":\"completed\",\"video\":{\"url\":\"" + link + "\"}}");
  }

  /** The first five bytes, then a break. */
  private static Step begin(String... headers) {
    return cutOff(200, FILM.substring(0, 5), headers);
  }

  private static Step part(int from, int to) {
    return cutOff(206, FILM.substring(from, to), "Content-Range: bytes " + from + "-14/15");
  }

  private static Step rest(int from) {
    return answer(206, FILM.substring(from), "Content-Range: bytes " + from + "-14/15");
  }
}
