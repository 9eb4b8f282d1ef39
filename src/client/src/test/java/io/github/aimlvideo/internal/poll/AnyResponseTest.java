package io.github.aimlvideo.internal.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.RetryPolicy;
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
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random responses: a call ends in time, with a result or a documented exception. */
class AnyResponseTest {
  private static final int RUNS = Boolean.getBoolean("thorough") ? 10_000 : 300;
  private static final Step LAST =
      RawServer.thenClose(RawServer.respond(200, "{\"status\":\"x\"}"));

  private final Queue<Step> responses = new ConcurrentLinkedQueue<>();

  @Test
  void anyResponsesGiveAResultOrADocumentedException() throws IOException {
    try (RawServer server =
            new RawServer(request -> responses.isEmpty() ? LAST : responses.remove());
        FakeScheduler scheduler = new FakeScheduler();
        VideoClient client = client(server, scheduler)) {
      for (int seed = 0; seed < RUNS; seed++) {
        responses.clear();
        responses.addAll(new Responses(new Random(seed)).some());
        long startedAt = System.nanoTime();
        long fakeStart = scheduler.nanoTime();

        check(client, "seed " + seed);

        assertThat(Duration.ofNanos(scheduler.nanoTime() - fakeStart))
            .as("seed " + seed)
            .isLessThan(Duration.ofSeconds(62));
        assertThat(Duration.ofNanos(System.nanoTime() - startedAt))
            .as("seed " + seed)
            .isLessThan(Duration.ofSeconds(5));
      }
    }
  }

  private static void check(VideoClient client, String seed) {
    try {
      VideoGeneration generation = client.generate(Samples.minimal());

      assertThat(generation.isCompleted()).as(seed).isTrue();
      assertThat(generation.videoUrl()).as(seed).isPresent();
      assertThat(generation.json()).as(seed).isNotEmpty();
    } catch (VideoException documented) {
      assertThat(documented.getMessage()).as(seed).isNotBlank().hasSizeLessThan(2000);
      assertThat(documented.clientRequestId()).as(seed).isPresent();
      documented.generation().ifPresent(known -> assertThat(known.id()).as(seed).isNotBlank());
    }
  }

  private static VideoClient client(RawServer server, FakeScheduler scheduler) {
    return VideoClient.builder()
        .apiKey("key")
        .baseUrl(server.url())
        .scheduler(scheduler)
        .retryPolicy(new RetryPolicy(2, Duration.ZERO, 1, Duration.ofSeconds(1)))
        .pollPolicy(PollPolicy.EVERY_15_SECONDS.withTimeout(Duration.ofSeconds(60)))
        .recoveryTimeout(Duration.ofSeconds(1))
        .build();
  }

  /** Random responses; most are followed by another request. */
  private record Responses(Random random) {
    private static final List<Function<Responses, Step>> ANY =
        List.of(
            Responses::statusLine,
            Responses::json,
            Responses::garbage,
            responses -> responses.oneOf(RawServer.reset(), RawServer.hangUp()));

    List<Step> some() {
      List<Step> all = new ArrayList<>();
      all.add(random.nextBoolean() ? RawServer.thenClose(json()) : any());
      for (int i = random.nextInt(6); i > 0; i--) all.add(any());
      return all;
    }

    private Step any() {
      return ANY.get(random.nextInt(ANY.size())).apply(this);
    }

    @SafeVarargs
    private <T> T oneOf(T... values) {
      return values[random.nextInt(values.length)];
    }

    /** Any status, with JSON, an HTML page or nothing. */
    private Step statusLine() {
      int status = oneOf(200 + random.nextInt(400), 200, 201, 404, 429, 503);
      String body = oneOf(generation(), "", "<html>", "{}", text());
      String header =
          oneOf(
              "X-Nothing: 1",
              "Retry-After: 3",
              "Retry-After: soon",
              "Retry-After: -1",
              "x-inference-id: hdr",
              "Location: //x",
              "Content-Encoding: gzip",
              "Content-Type: x/y/z");
      return RawServer.thenClose(RawServer.respond(status, body, header));
    }

    private String text() {
      return random
          .ints(random.nextInt(30), 0, Character.MAX_VALUE)
          .mapToObj(c -> String.valueOf((char) c))
          .collect(Collectors.joining());
    }

    private Step json() {
      return RawServer.respond(200, generation());
    }

    /** A generation whose values are as documented, or of any other shape. */
    private String generation() {
      String id = oneOf("\"abc\"", "\"-G3b\"", "7", "null", "{}", "\"\"");
      String status =
          oneOf(
              "\"queued\"",
              "\"completed\"",
              "\"succeeded\"",
              "\"error\"",
              "\"EXPIRED\"",
              "\"dreaming\"",
              "null",
              "3",
              "[]");
      String video =
          oneOf(
              "{\"url\":\"https://a/b\"}",
              "[{\"url\":\"https://a/b\"}]",
              "null",
              "\"x\"",
              "{\"url\":[]}",
              "{\"url\":\"::\"}");
      return String.format(
          "{\"id\":%s,\"status\":%s,\"video\":%s,\"error\":%s,\"meta\":%s}",
          id, status, video, other(), other());
    }

    private String other() {
      return oneOf(
          "null",
          "\"why\"",
          "{\"message\":5}",
          "{\"detail\":[{\"msg\":\"m\"},3]}",
          "{\"usage\":{\"credits_used\":\"1e999999999\"}}",
          value(3));
    }

    /** Any JSON of a depth. */
    private String value(int depth) {
      String flat = oneOf("true", "null", "-1.5e300", "\"\\u0000\\ud800\"", "{}", "[]");
      if (depth == 0) return flat;
      String below = value(depth - 1);
      String list =
          IntStream.range(0, random.nextInt(4))
              .mapToObj(i -> value(depth - 1))
              .collect(Collectors.joining(",", "[", "]"));
      return oneOf(
          flat,
          list,
          String.format("{\"message\":%s,\"name\":%s,\"usage\":%s}", below, below, below));
    }

    /** Random bytes, perhaps after the beginning of a response. */
    private Step garbage() {
      byte[] head =
          oneOf(
                  "",
                  "HTTP/1.1 200 OK\r\n",
                  "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"id\":\"abc\"",
                  "HTTP/1.1 100 Continue\r\n\r\n",
                  "HTTP/2 200\r\n\r\n",
                  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"",
                  "HTTP/1.1 999 X\r\n\r\n",
                  "HTTP/1.1 -1 X\r\n\r\n")
              .getBytes(StandardCharsets.ISO_8859_1);
      byte[] all = new byte[head.length + random.nextInt(61)];
      random.nextBytes(all);
      System.arraycopy(head, 0, all, 0, head.length);
      return RawServer.raw(all);
    }
  }
}
