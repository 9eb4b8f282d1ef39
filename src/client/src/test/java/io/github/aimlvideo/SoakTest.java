package io.github.aimlvideo;

import static io.github.aimlvideo.fixture.RawServer.cutOff;
import static io.github.aimlvideo.fixture.RawServer.hangUp;
import static io.github.aimlvideo.fixture.RawServer.reset;
import static io.github.aimlvideo.fixture.RawServer.respond;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.fixture.RawServer;
import io.github.aimlvideo.fixture.RawServer.Request;
import io.github.aimlvideo.fixture.RawServer.Step;
import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.internal.core.ClientExecutors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Two thousand generations at once, and a server that spoils three of ten responses: each reaches
 * the end that the server has for it, and none is created twice.
 */
class SoakTest {
  private static final int GENERATIONS = 2000;

  /** A second of the policies is ten milliseconds of the test. */
  private static final int HASTE = 100;

  @Test
  void everyGenerationEndsAndNoneIsCreatedTwice() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    BadServer bad = new BadServer();
    ClientExecutors threads = new ClientExecutors(1, null);
    int completed = 0;
    int failed = 0;

    try (RawServer server = new RawServer(bad)) {
      VideoClient client =
          VideoClient.builder()
              .apiKey("key")
              .baseUrl(server.url())
              .scheduler(new HastyScheduler(threads.scheduler()))
              .retryPolicy(RetryPolicy.DEFAULT.withMaxAttempts(12))
              .pollPolicy(PollPolicy.DEFAULT.withTimeout(Duration.ofHours(2)))
              .recoveryTimeout(Duration.ofHours(1))
              .build();
      List<CompletableFuture<VideoGeneration>> futures = new ArrayList<>();
      for (int i = 0; i < GENERATIONS; i++) {
        futures.add(client.generateAsync(Samples.minimal().prompt("number " + i)));
      }
      for (int i = 0; i < GENERATIONS; i++) {
        boolean fails = i % 10 == 0;
        try {
          VideoGeneration generation = futures.get(i).get(4, TimeUnit.MINUTES);
          assertThat(generation.videoUrl()).contains("https://cdn/" + i + ".mp4");
          assertThat(fails).isFalse();
          completed++;
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(GenerationFailedException.class);
          assertThat(fails).as("number " + i + ": " + e).isTrue();
          failed++;
        }
      }
      client.close();
      threads.close();

      assertThat(bad.accepted).hasSize(GENERATIONS);
      assertThat(bad.acceptedCreates).hasValue(GENERATIONS);
      System.out.printf(
          "soak: %d completed, %d failed, %d creates sent, %d polls, %d of %d responses spoiled%n",
          completed,
          failed,
          server.requests("POST").size(),
          server.requests("GET").size(),
          bad.spoiled.get(),
          bad.responses.get());
      awaitEnd(() -> server.openConnections() == 0);
    }
    awaitEnd(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .noneMatch(thread -> thread.getName().startsWith("aiml-video")));
  }

  /** Connections and threads end soon after the client, not with it. */
  private static void awaitEnd(java.util.function.BooleanSupplier ended) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!ended.getAsBoolean()) {
      assertThat(System.nanoTime()).as("something is still open").isLessThan(until);
      Thread.onSpinWait();
    }
  }

  /** Accepts each create once, ends each generation at its third poll, and spoils responses. */
  private static final class BadServer implements RawServer.Script {
    final Map<String, String> accepted = new ConcurrentHashMap<>();
    final AtomicInteger acceptedCreates = new AtomicInteger();
    final AtomicInteger responses = new AtomicInteger();
    final AtomicInteger spoiled = new AtomicInteger();
    private final Map<String, AtomicInteger> polls = new ConcurrentHashMap<>();
    private final Random random = new Random(42);

    @Override
    public Step next(Request request) {
      responses.incrementAndGet();
      if (request.target().startsWith("/v2/logs")) return spoil(logs(request), false);
      if (request.method().equals("GET")) return spoil(poll(request), false);
      if (chance(0.1)) {
        spoiled.incrementAndGet();
        return respond(chance(0.5) ? 429 : 503, "{}", "Retry-After: 1");
      }
      String number = request.body().replaceFirst(".*number (\\d+).*", "$1");
      String id = "id-" + number;
      acceptedCreates.incrementAndGet();
      accepted.put(request.header("X-Client-Request-Id"), id);
      return spoil(respond(200, "{\"id\":\"" + id + "\",\"status\":\"queued\"}"), true);
    }

    private Step poll(Request request) {
      String id = request.target().replaceFirst(".*generation_id=", "");
      int number = Integer.parseInt(id.substring(3));
      if (polls.computeIfAbsent(id, x -> new AtomicInteger()).incrementAndGet() < 3) {
        return respond(200, "{\"id\":\"" + id + "\",\"status\":\"generating\"}");
      }
      if (number % 10 == 0) return respond(200, "{\"status\":\"error\",\"error\":\"no face\"}");
      return respond(
          200, "{\"status\":\"completed\",\"video\":{\"url\":\"https://cdn/" + number + ".mp4\"}}");
    }

    private Step logs(Request request) {
      int offset = Integer.parseInt(request.target().replaceFirst(".*offset=(\\d+).*", "$1"));
      List<Map.Entry<String, String>> all = new ArrayList<>(accepted.entrySet());
      StringBuilder rows = new StringBuilder();
      for (var row :
          all.subList(Math.min(offset, all.size()), Math.min(offset + 100, all.size()))) {
        rows.append(rows.length() == 0 ? "" : ",");
        rows.append("{\"client_request_id\":\"").append(row.getKey());
        rows.append("\",\"inference_id\":\"").append(row.getValue()).append("\"}");
      }
      boolean more = offset + 100 < all.size();
      return respond(200, "{\"data\":[" + rows + "],\"pagination\":{\"has_more\":" + more + "}}");
    }

    /** Never replaces the response to an accepted create by one that says nothing was created. */
    private Step spoil(Step good, boolean create) {
      if (!chance(create ? 0.2 : 0.3)) return good;
      spoiled.incrementAndGet();
      List<Step> bad =
          new ArrayList<>(
              List.of(
                  reset(),
                  hangUp(),
                  cutOff(200, "{\"st"),
                  respond(200, ""),
                  respond(200, "<html>"),
                  respond(200, "[]"),
                  respond(500, "{}"),
                  respond(502, "<html>"),
                  respond(504, ""),
                  respond(522, "<html>"),
                  respond(524, "")));
      if (!create)
        bad.addAll(
            List.of(respond(408, ""), respond(429, "{}", "Retry-After: 2"), respond(503, "")));
      return bad.get(pick(bad.size()));
    }

    private synchronized boolean chance(double probability) {
      return random.nextDouble() < probability;
    }

    private synchronized int pick(int bound) {
      return random.nextInt(bound);
    }
  }

  /** Time that runs a hundred times as fast. */
  private record HastyScheduler(Scheduler real) implements Scheduler {
    @Override
    public long nanoTime() {
      return real.nanoTime() * HASTE;
    }

    @Override
    public Cancellable schedule(Runnable task, Duration delay) {
      return real.schedule(task, delay.dividedBy(HASTE));
    }

    /** A limit of a second on a request stays a second. */
    @Override
    public Cancellable timeout(Runnable task, Duration limit) {
      return real.timeout(task, limit);
    }
  }
}
