package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.RawServer.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a server says, in whatever order: a result or a documented exception, in time. */
class AnyAnswerTest {
  private static final Queue<Step> ANSWERS = new ConcurrentLinkedQueue<>();
  private static final Step LAST = RawServer.thenClose(RawServer.answer(200, "{\"status\":\"x\"}"));
  private static RawServer server;
  private static FakeTimer timer;
  private static VideoClient client;

  @BeforeContainer
  static void start() {
    server = new RawServer(request -> ANSWERS.isEmpty() ? LAST : ANSWERS.remove());
    timer = new FakeTimer();
    client =
        VideoClient.builder()
            .apiKey("key")
            .baseUrl(server.url())
            .timer(timer)
            .retryPolicy(new RetryPolicy(2, Duration.ZERO, 1, Duration.ofSeconds(1)))
            .pollPolicy(
                PollPolicy.DEFAULT
                    .withInterval(Duration.ofSeconds(15))
                    .withTimeout(Duration.ofSeconds(60)))
            .recoveryTimeout(Duration.ofSeconds(1))
            .build();
  }

  @AfterContainer
  static void end() throws IOException {
    client.close();
    timer.close();
    server.close();
  }

  @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
  void anyAnswersGiveAResultOrADocumentedException(@ForAll("answers") List<Step> answers) {
    ANSWERS.clear();
    ANSWERS.addAll(answers);
    long startedAt = System.nanoTime();
    Duration fakeStart = Duration.ofNanos(timer.nanoTime());

    try {
      VideoGeneration generation = client.generate(Samples.minimal());

      assertThat(generation.isCompleted()).isTrue();
      assertThat(generation.videoUrl()).isPresent();
      assertThat(generation.response().getId()).isEqualTo(generation.id());
    } catch (VideoException documented) {
      assertThat(documented.getMessage()).isNotBlank().hasSizeLessThan(2000);
      assertThat(documented.clientRequestId()).isPresent();
      documented
          .generation()
          .ifPresent(generation -> assertThat(generation.response()).isNotNull());
    }

    assertThat(Duration.ofNanos(timer.nanoTime()).minus(fakeStart))
        .isLessThan(Duration.ofSeconds(62));
    assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(5));
  }

  @Provide
  Arbitrary<List<Step>> answers() {
    Arbitrary<Step> any =
        Arbitraries.oneOf(
            statusLine(), json(), garbage(), Arbitraries.of(RawServer.reset(), RawServer.hangUp()));
    Arbitrary<Step> accepted = json().map(RawServer::thenClose);
    return Combinators.combine(Arbitraries.oneOf(accepted, any), any.list().ofMaxSize(5))
        .as(
            (first, rest) -> {
              List<Step> all = new ArrayList<>(rest);
              all.add(0, first);
              return all;
            });
  }

  /** Any status, with JSON, a page or nothing. */
  private Arbitrary<Step> statusLine() {
    Arbitrary<Integer> status =
        Arbitraries.oneOf(
            Arbitraries.integers().between(200, 599), Arbitraries.of(200, 201, 404, 429, 503));
    Arbitrary<String> body =
        Arbitraries.oneOf(
            generation(),
            Arbitraries.of("", "<html>", "{}"),
            Arbitraries.strings().ofMaxLength(30));
    Arbitrary<String> header =
        Arbitraries.of(
            "X-Nothing: 1",
            "Retry-After: 3",
            "Retry-After: soon",
            "Retry-After: -1",
            "x-inference-id: hdr",
            "Location: //x",
            "Content-Encoding: gzip",
            "Content-Type: x/y/z");
    return Combinators.combine(status, body, header)
        .as((s, b, h) -> RawServer.thenClose(RawServer.answer(s, b, h)));
  }

  private Arbitrary<Step> json() {
    return generation().map(body -> RawServer.answer(200, body));
  }

  /** A generation whose values are as they should be, or of any other shape. */
  private Arbitrary<String> generation() {
    Arbitrary<String> id = Arbitraries.of("\"abc\"", "\"-G3b\"", "7", "null", "{}", "\"\"");
    Arbitrary<String> status =
        Arbitraries.of(
            "\"queued\"",
            "\"completed\"",
            "\"succeeded\"",
            "\"error\"",
            "\"EXPIRED\"",
            "\"dreaming\"",
            "null",
            "3",
            "[]");
    Arbitrary<String> video =
        Arbitraries.of(
            "{\"url\":\"https://a/b\"}",
            "[{\"url\":\"https://a/b\"}]",
            "null",
            "\"x\"",
            "{\"url\":[]}",
            "{\"url\":\"::\"}");
    Arbitrary<String> other =
        Arbitraries.oneOf(
            Arbitraries.of(
                "null",
                "\"why\"",
                "{\"message\":5}",
                "{\"detail\":[{\"msg\":\"m\"},3]}",
                "{\"usage\":{\"credits_used\":\"1e999999999\"}}"),
            value(3));
    return Combinators.combine(id, status, video, other, other)
        .as(
            (i, s, v, e, m) ->
                "{\"id\":"
                    + i
                    + ",\"status\":"
                    + s
                    + ",\"video\":"
                    + v
                    + ",\"error\":"
                    + e
                    + ",\"meta\":"
                    + m
                    + "}");
  }

  /** Any JSON, so deep. */
  private Arbitrary<String> value(int depth) {
    Arbitrary<String> flat =
        Arbitraries.of("true", "null", "-1.5e300", "\"\\u0000\\ud800\"", "{}", "[]");
    if (depth == 0) return flat;
    Arbitrary<String> below = value(depth - 1);
    return Arbitraries.oneOf(
        flat,
        below.list().ofMaxSize(3).map(items -> "[" + String.join(",", items) + "]"),
        below.map(
            item -> "{\"message\":" + item + ",\"name\":" + item + ",\"usage\":" + item + "}"));
  }

  /** Bytes that may be the beginning of an answer, or anything else. */
  private Arbitrary<Step> garbage() {
    Arbitrary<String> begin =
        Arbitraries.of(
            "",
            "HTTP/1.1 200 OK\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"id\":\"abc\"",
            "HTTP/1.1 100 Continue\r\n\r\n",
            "HTTP/2 200\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"",
            "HTTP/1.1 999 X\r\n\r\n",
            "HTTP/1.1 -1 X\r\n\r\n");
    Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(60);
    return Combinators.combine(begin, bytes)
        .as(
            (text, tail) -> {
              byte[] head = text.getBytes(StandardCharsets.ISO_8859_1);
              byte[] all = Arrays.copyOf(head, head.length + tail.length);
              System.arraycopy(tail, 0, all, head.length, tail.length);
              return RawServer.raw(all);
            });
  }
}
