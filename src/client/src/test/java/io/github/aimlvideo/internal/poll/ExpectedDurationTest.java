package io.github.aimlvideo.internal.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.aimlvideo.GenerationFailedException;
import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.GenerationTimeoutException;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.fixture.Server;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Polls by the expected duration, over HTTP and in fake time. */
class ExpectedDurationTest {
  private final Server server = new Server();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void pollsBecomeDenser() {
    endAfter(Duration.ofSeconds(249));

    try (VideoClient client = client().build()) {
      client.generate(Samples.minimal());
    }

    List<Duration> delays = server.scheduler.delays();
    assertThat(delays).startsWith(Duration.ofSeconds(5), Duration.ofSeconds(15));
    assertThat(delays.get(2)).isGreaterThan(Duration.ofMinutes(1));
    assertThat(delays.subList(2, delays.size()))
        .isSortedAccordingTo(Comparator.reverseOrder())
        .last()
        .satisfies(gap -> assertThat(gap).isLessThan(Duration.ofSeconds(10)));
  }

  @Test
  void lastPollIsAtTheDeadline() {
    endAfter(Duration.ofDays(1));

    try (VideoClient client = client().build()) {
      assertThatThrownBy(() -> client.generate(Samples.minimal()))
          .isInstanceOf(GenerationTimeoutException.class);
    }

    List<Duration> delays = server.scheduler.delays();
    assertThat(delays.stream().reduce(Duration::plus)).contains(Duration.ofSeconds(1000));
    assertThat(server.web.getRequestCount()).isEqualTo(1 + delays.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 429, 503})
  void retryAfterIsHonoured(int status) {
    server.status("queued");
    server.respond(
        new MockResponse.Builder()
            .code(status)
            .addHeader("Retry-After", "100")
            .body("{\"status\":\"queued\"}"));
    server.completed("https://cdn.example.com/video.mp4");

    try (VideoClient client = client().build()) {
      client.generate(Samples.minimal());
    }

    assertThat(server.scheduler.delays())
        .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(100));
  }

  @Test
  void failedPollThatWasDueIsRetriedSoon() {
    server.status("queued").status("generating").status("generating").status("generating");
    server.respond(502, "").respond(502, "").completed("https://cdn.example.com/video.mp4");

    try (VideoClient client = client().build()) {
      client.generate(Samples.minimal());
    }

    List<Duration> delays = server.scheduler.delays();
    assertThat(delays).hasSize(6);
    assertThat(delays.get(4)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(delays.get(5)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void learnsForEachDurationFromCompletedGenerations() {
    List<Double> expected = new CopyOnWriteArrayList<>();

    try (VideoClient client = client().listener(expectations(expected)).build()) {
      endAfter(Duration.ofSeconds(100));
      for (int i = 0; i < 11; i++) client.generate(Samples.minimal());
      assertThat(expected).last().satisfies(e -> assertThat(e).isCloseTo(109, within(8.0)));

      endAfter(Duration.ofSeconds(600));
      client.generate(Samples.minimal().duration(10));
      client.generate(Samples.minimal().duration(10));
      assertThat(expected).last().satisfies(e -> assertThat(e).isCloseTo(387, within(5.0)));
    }
  }

  @Test
  void listenerReceivesEachDelayAndTheExpectedDuration() {
    List<String> received = new CopyOnWriteArrayList<>();
    GenerationListener listener =
        new GenerationListener() {
          @Override
          public void onPollScheduled(VideoGeneration seen, Duration delay, Duration expected) {
            received.add(seen.status() + " " + delay + " " + expected.toSeconds());
          }
        };
    server.status("queued").respond(500, "").status("generating");
    server.completed("https://cdn.example.com/video.mp4");

    try (VideoClient client = client().listener(listener).build()) {
      client.generate(Samples.minimal());
    }

    assertThat(received).hasSize(3);
    assertThat(received.get(0)).isEqualTo("queued PT5S 249");
    assertThat(received.get(2)).matches("generating PT1[45].*S 249");
    assertThat(received.stream().map(event -> Duration.parse(event.split(" ")[1])))
        .isEqualTo(server.scheduler.delays());
  }

  @Test
  void expectedDurationIsLearnedWithAFixedIntervalToo() {
    List<Long> received = new CopyOnWriteArrayList<>();
    GenerationListener listener =
        new GenerationListener() {
          @Override
          public void onPollScheduled(VideoGeneration seen, Duration delay, Duration expected) {
            received.add(expected.toSeconds());
          }
        };
    endAfter(Duration.ofSeconds(60));

    try (VideoClient client = server.client().listener(listener).build()) {
      client.generate(Samples.minimal());
      client.generate(Samples.minimal());
    }

    assertThat(received)
        .startsWith(249L)
        .endsWith(114L)
        .isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void failedGenerationTeachesNothing() {
    List<Double> expected = new CopyOnWriteArrayList<>();
    server.status("queued").status("error").status("queued");
    server.completed("https://cdn.example.com/video.mp4");

    try (VideoClient client = client().listener(expectations(expected)).build()) {
      assertThatThrownBy(() -> client.generate(Samples.minimal()))
          .isInstanceOf(GenerationFailedException.class);
      client.generate(Samples.minimal());
    }

    assertThat(expected).last().isEqualTo(249.0);
  }

  private static GenerationListener expectations(List<Double> expected) {
    return new GenerationListener() {
      @Override
      public void onPollScheduled(VideoGeneration seen, Duration delay, Duration expectedDuration) {
        expected.add(expectedDuration.toMillis() / 1000.0);
      }
    };
  }

  private VideoClientBuilder client() {
    return server.client().pollPolicy(PollPolicy.DEFAULT);
  }

  /** From now on each generation completes so long after its create, in fake time. */
  private void endAfter(Duration duration) {
    server.web.setDispatcher(
        new Dispatcher() {
          private long createdAt;

          @Override
          public MockResponse dispatch(RecordedRequest request) {
            long now = server.scheduler.nanoTime();
            if (request.getMethod().equals("POST")) createdAt = now;
            boolean ended = now - createdAt >= duration.toNanos();
            String body =
                ended
                    ? "{\"id\":\"a\",\"status\":\"completed\",\"video\":{\"url\":\"https://cdn/f\"}}"
                    : "{\"id\":\"a\",\"status\":\"generating\"}";
            return new MockResponse.Builder().body(body).build();
          }
        });
  }
}
