package io.github.aimlvideo.internal.create;

import static io.github.aimlvideo.fixture.RawServer.cutOff;
import static io.github.aimlvideo.fixture.RawServer.hangUp;
import static io.github.aimlvideo.fixture.RawServer.inOrder;
import static io.github.aimlvideo.fixture.RawServer.raw;
import static io.github.aimlvideo.fixture.RawServer.reset;
import static io.github.aimlvideo.fixture.RawServer.respond;
import static io.github.aimlvideo.fixture.RawServer.thenClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.GenerationFailedException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.fixture.FakeScheduler;
import io.github.aimlvideo.fixture.RawServer;
import io.github.aimlvideo.fixture.RawServer.Step;
import io.github.aimlvideo.fixture.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One row for each thing that can happen between a create and the end of a generation: what the
 * server does, what the caller gets, how many requests the client sends.
 */
@Timeout(60)
class OutcomeTest {
  private static final String QUEUED = "{\"id\":\"abc\",\"status\":\"queued\"}";
  private static final String DONE =
      status("completed", ",\"video\":{\"url\":\"https://cdn/f.mp4\"}");

  /** {@code posts} and {@code gets}: how many requests the server receives; -1 is any number. */
  record Row(String name, Call call, String outcome, int posts, int gets, Step... steps) {
    @Override
    public String toString() {
      return name;
    }
  }

  interface Call extends Function<VideoClient, VideoGeneration> {}

  private static final Call CREATE = client -> client.create(Samples.minimal());
  private static final Call GENERATE = client -> client.generate(Samples.minimal());
  private static final Call AWAIT = client -> client.await("abc");

  @ParameterizedTest
  @MethodSource({"creates", "logSearches", "polls", "ends"})
  void row(Row row) throws IOException {
    try (RawServer server = new RawServer(inOrder(row.steps()));
        FakeScheduler scheduler = new FakeScheduler();
        VideoClient client = client(server, scheduler)) {

      String outcome = outcome(() -> row.call().apply(client));

      assertThat(outcome).isEqualTo(row.outcome());
      if (row.posts() >= 0) assertThat(server.requests("POST")).hasSize(row.posts());
      if (row.gets() >= 0) assertThat(server.requests("GET")).hasSize(row.gets());
    }
  }

  static Stream<Row> creates() {
    List<Row> rows = new ArrayList<>();
    rows.add(create("id", "abc queued", 1, respond(200, QUEUED)));
    rows.add(create("201", "abc queued", 1, respond(201, QUEUED)));
    rows.add(create("generation_id", "xyz ", 1, respond(200, "{\"generation_id\":\"xyz\"}")));
    rows.add(create("numeric id", "42 ", 1, respond(200, "{\"id\":42}")));
    rows.add(create("id in the header", "hdr ", 1, respond(200, "", "x-inference-id: hdr")));
    rows.add(
        create("cut off, id in the header", "hdr ", 1, cutOff(200, "{", "x-inference-id: hdr")));
    for (int status : new int[] {429, 503}) {
      Step busy = respond(status, "{}", "Retry-After: 2");
      rows.add(
          create(status + ", then accepted", "abc queued", 3, busy, busy, respond(200, QUEUED)));
      rows.add(create(status + " for all attempts", "ApiException " + status, 5, busy));
    }
    for (int status : new int[] {400, 401, 402, 403, 404, 405, 408, 409, 413, 415, 418, 422, 451}) {
      rows.add(
          create(
              "" + status, "ApiException " + status, 1, respond(status, "{}", "Retry-After: 0")));
    }
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      Step elsewhere = respond(status, "", "Location: http://127.0.0.1:1/elsewhere");
      rows.add(create("redirect " + status, "ApiException " + status, 1, elsewhere));
    }
    for (int status : new int[] {500, 502, 504, 520, 522, 524, 599}) {
      Step failed = respond(status, "<html>", "Retry-After: 0");
      rows.add(create("" + status, "CreateOutcomeUnknownException", 1, failed, respond(404, "")));
    }
    for (String body :
        new String[] {
          "", "{}", "[]", "null", "<html>", "{\"id\":\"\"}", "{\"id\":{}}", "{\"id\""
        }) {
      rows.add(
          create(
              "200 " + body,
              "CreateOutcomeUnknownException",
              1,
              respond(200, body),
              respond(404, "")));
    }
    rows.add(create("200 cut off behind the id", "abc ", 1, cutOff(200, QUEUED)));
    for (String body : new String[] {"<html>", "{\"message\":\"busy\"}", "{\"timestamp\":1}"}) {
      rows.add(
          create(
              "503 of a proxy " + body,
              "CreateOutcomeUnknownException",
              1,
              respond(503, body),
              respond(404, "")));
    }
    Step own = respond(503, "{\"message\":\"busy\",\"timestamp\":\"2026-01-01T00:00:00Z\"}");
    rows.add(create("503 of the API", "abc queued", 2, own, respond(200, QUEUED)));
    rows.add(
        create(
            "500 with an id of its own",
            "CreateOutcomeUnknownException",
            1,
            respond(500, "{\"id\":\"error-1\"}"),
            respond(404, "")));
    rows.add(create("reset", "CreateOutcomeUnknownException", 1, reset(), respond(404, "")));
    rows.add(
        create(
            "closed connection", "CreateOutcomeUnknownException", 1, hangUp(), respond(404, "")));
    rows.add(
        create(
            "no HTTP", "CreateOutcomeUnknownException", 1, bytes("hello\n\n"), respond(404, "")));
    return rows.stream();
  }

  static Stream<Row> logSearches() {
    String row = "{\"client_request_id\":\"mine\",\"inference_id\":\"found\"}";
    String other = "{\"client_request_id\":\"other\",\"inference_id\":\"no\"}";
    Step here = respond(200, "{\"data\":[" + other + "," + row + "]}");
    Step more = respond(200, "{\"data\":[" + other + "],\"pagination\":{\"has_more\":true}}");
    Step nothing = respond(200, "{\"data\":[]}");
    Call mine = client -> client.create(Samples.minimal(), "mine");
    return Stream.of(
        new Row("found at once", mine, "found ", 1, 1, reset(), here),
        new Row("found on the second page", mine, "found ", 1, 2, reset(), more, here),
        new Row(
            "found later",
            mine,
            "found ",
            1,
            4,
            reset(),
            nothing,
            hangUp(),
            respond(500, ""),
            here),
        new Row(
            "never found", mine, "CreateOutcomeUnknownException", 1, 25, respond(502, ""), nothing),
        new Row(
            "no logs",
            mine,
            "CreateOutcomeUnknownException",
            1,
            1,
            respond(502, ""),
            respond(404, "")),
        new Row(
            "logs not allowed",
            mine,
            "CreateOutcomeUnknownException",
            1,
            1,
            respond(502, ""),
            respond(403, "")),
        new Row(
            "unreadable logs",
            mine,
            "CreateOutcomeUnknownException",
            1,
            -1,
            respond(502, ""),
            respond(200, "[1]")));
  }

  static Stream<Row> polls() {
    List<Row> rows = new ArrayList<>();
    for (int status : new int[] {408, 429, 500, 502, 503, 504, 522, 302, 410, 418}) {
      rows.add(poll("" + status, respond(status, "<html>", "Location: /x")));
    }
    for (String body :
        new String[] {
          "", "<html>", "[]", "null", "\"completed\"", "7", "{", "{\"status\":", "{}"
        }) {
      rows.add(poll("200 " + body, respond(200, body)));
    }
    rows.add(poll("200 cut off", cutOff(200, "{\"status\":\"gen")));
    rows.add(poll("no HTTP", bytes("HTTP/9 what\r\n\r\n")));
    rows.add(
        poll("larger than 8 MiB", respond(200, "{\"status\":\"" + "x".repeat(9 << 20) + "\"}")));
    rows.add(
        new Row(
            "reset",
            GENERATE,
            "abc completed",
            1,
            -1,
            respond(200, QUEUED),
            reset(),
            respond(200, DONE)));
    rows.add(
        new Row(
            "closed connection",
            GENERATE,
            "abc completed",
            1,
            -1,
            respond(200, QUEUED),
            hangUp(),
            respond(200, DONE)));
    rows.add(poll("404 soon after the create", respond(404, "{}")));
    for (int status : new int[] {400, 401, 403}) {
      rows.add(
          new Row(
              "poll " + status,
              GENERATE,
              "ApiException " + status + " abc",
              1,
              1,
              respond(200, QUEUED),
              respond(status, "{}")));
    }
    rows.add(new Row("late 404", AWAIT, "ApiException 404 abc", 0, 1, respond(404, "{}")));
    rows.add(
        new Row("only errors", AWAIT, "GenerationTimeoutException abc", 0, -1, respond(502, "")));
    return rows.stream();
  }

  static Stream<Row> ends() {
    List<Row> rows = new ArrayList<>();
    for (String status : new String[] {"completed", "succeeded", "COMPLETED", "Succeeded"}) {
      rows.add(
          await(
              status,
              "abc " + status,
              1,
              respond(200, status(status, ",\"video\":{\"url\":\"https://a/b\"}"))));
    }
    for (String status : new String[] {"error", "failed", "cancelled", "expired", "FAILED"}) {
      rows.add(await(status, "GenerationFailedException abc", 1, respond(200, status(status, ""))));
    }
    for (String status :
        new String[] {"waiting", "active", "processing", "dreaming", "running", "unknown", "new"}) {
      rows.add(
          await(status, "abc completed", 2, respond(200, status(status, "")), respond(200, DONE)));
    }
    for (String video :
        new String[] {
          "null", "{}", "[]", "\"x\"", "{\"url\":null}", "{\"url\":\"\"}", "{\"url\":\"ftp://a\"}"
        }) {
      Step without = respond(200, status("completed", ",\"video\":" + video));
      rows.add(await("completed, video " + video, "abc completed", 2, without, respond(200, DONE)));
    }
    rows.add(
        await(
            "video as array",
            "abc completed",
            1,
            respond(200, status("completed", ",\"video\":[{\"url\":\"https://a/b\"}]"))));
    for (String video :
        new String[] {
          "\"https://a/b\"",
          "[\"https://a/b\",\"https://a/c\"]",
          "[null,\"https://a/b\"]",
          "{\"url\":[\"https://a/b\"]}",
          "{\"url\":\"/files/b\"}",
          "\"//cdn/b\""
        }) {
      Step done = respond(200, status("completed", ",\"video\":" + video));
      rows.add(await("video " + video, "abc completed", 1, done));
    }
    for (String link : new String[] {"ftp://a/b", "data:video/mp4;base64,AAAA", "x y", "http://"}) {
      Step done = respond(200, status("completed", ",\"video\":{\"url\":\"" + link + "\"}"));
      rows.add(await("only the link " + link, "DownloadException abc", -1, done));
    }
    rows.add(
        await(
            "numbers as strings",
            "abc completed",
            1,
            respond(200, DONE.replace("}}", "},\"meta\":{\"usage\":{\"credits_used\":\"5\"}}}"))));
    rows.add(
        await(
            "unknown fields",
            "abc completed",
            1,
            respond(200, DONE.replace("{\"id\"", "{\"new\":[{}],\"id\""))));
    for (String error :
        new String[] {
          "\"Why\"",
          "{\"message\":\"Why\"}",
          "{\"detail\":[{\"loc\":[],\"msg\":\"Why\",\"type\":\"x\"}]}",
          "{\"detail\":\"Why\"}"
        }) {
      rows.add(
          await(
              "error " + error,
              "GenerationFailedException abc Why",
              1,
              respond(200, status("error", ",\"error\":" + error))));
    }
    return rows.stream();
  }

  private static Row create(String name, String outcome, int posts, Step... steps) {
    return new Row("create " + name, CREATE, outcome, posts, -1, steps);
  }

  /** A bad poll between a create and the end. */
  private static Row poll(String name, Step bad) {
    return new Row(
        "poll " + name,
        GENERATE,
        "abc completed",
        1,
        2,
        respond(200, QUEUED),
        thenClose(bad),
        respond(200, DONE));
  }

  private static Row await(String name, String outcome, int gets, Step... steps) {
    return new Row(name, AWAIT, outcome, 0, gets, steps);
  }

  private static Step bytes(String text) {
    return raw(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String status(String status, String more) {
    return "{\"id\":\"abc\",\"status\":\"" + status + "\"" + more + "}";
  }

  private static VideoClient client(RawServer server, FakeScheduler scheduler) {
    return VideoClient.builder()
        .apiKey("key")
        .baseUrl(server.url())
        .scheduler(scheduler)
        .recoveryTimeout(Duration.ofMinutes(6))
        .build();
  }

  private static String outcome(java.util.concurrent.Callable<VideoGeneration> call) {
    try {
      VideoGeneration generation = call.call();
      return generation.id() + " " + generation.status();
    } catch (ApiException e) {
      return "ApiException " + e.status() + e.generationId().map(id -> " " + id).orElse("");
    } catch (GenerationFailedException e) {
      return "GenerationFailedException "
          + e.generationId().orElseThrow()
          + e.generation().flatMap(VideoGeneration::failureReason).map(why -> " " + why).orElse("");
    } catch (CreateOutcomeUnknownException e) {
      assertThat(e.clientRequestId()).isPresent();
      return "CreateOutcomeUnknownException";
    } catch (VideoException e) {
      return e.getClass().getSimpleName() + " " + e.generationId().orElseThrow();
    } catch (Exception e) {
      return "undocumented " + e;
    }
  }
}
