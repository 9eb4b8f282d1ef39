package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks by the expected duration, over HTTP and in fake time. */
class ExpectationTest {
  private static final String KIND = "kling-video/v1/standard/image-to-video, 5 s";

  @TempDir Path folder;
  private final Server server = new Server();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void looksComeEverDenser() {
    endAfter(Duration.ofSeconds(249));

    try (VideoClient client = client().build()) {
      client.generate(Samples.minimal());
    }

    List<Duration> pauses = server.timer.pauses();
    assertThat(pauses).startsWith(Duration.ofSeconds(5), Duration.ofSeconds(15));
    assertThat(pauses.get(2)).isGreaterThan(Duration.ofMinutes(1));
    assertThat(pauses.subList(2, pauses.size()))
        .isSortedAccordingTo(Comparator.reverseOrder())
        .last()
        .satisfies(gap -> assertThat(gap).isLessThan(Duration.ofSeconds(10)));
  }

  @Test
  void oneLookWhenTheDeadlineComesAndNoneAfterIt() {
    endAfter(Duration.ofDays(1));

    try (VideoClient client = client().build()) {
      assertThatThrownBy(() -> client.generate(Samples.minimal()))
          .isInstanceOf(GenerationTimeoutException.class);
    }

    List<Duration> pauses = server.timer.pauses();
    assertThat(pauses.stream().reduce(Duration::plus)).contains(Duration.ofSeconds(1000));
    assertThat(server.web.getRequestCount()).isEqualTo(1 + pauses.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 429, 503})
  void retryAfterIsHonoured(int status) {
    server.status("queued");
    server.answer(
        new MockResponse.Builder()
            .code(status)
            .addHeader("Retry-After", "100")
            .body("{\"id\":\"a\",\"status\":\"queued\"}"));
    server.completed("https://cdn.example.com/film.mp4");

    try (VideoClient client = client().build()) {
      client.generate(Samples.minimal());
    }

    assertThat(server.timer.pauses())
        .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(100));
  }

  @Test
  void failedLookIsTakenAgainSoonIfItWasDue() {
    server.status("queued").status("generating").status("generating").status("generating");
    server.answer(502, "").answer(502, "").completed("https://cdn.example.com/film.mp4");

    try (VideoClient client = client().build()) {
      client.generate(Samples.minimal());
    }

    List<Duration> pauses = server.timer.pauses();
    assertThat(pauses).hasSize(6);
    assertThat(pauses.get(4)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(pauses.get(5)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void learnsForEachDurationFromWhatCompletes() throws IOException {
    Path history = folder.resolve("new/history.json");

    try (VideoClient client = client().historyFile(history).build()) {
      endAfter(Duration.ofSeconds(100));
      for (int i = 0; i < 10; i++) client.generate(Samples.minimal());
      endAfter(Duration.ofSeconds(600));
      client.generate(Samples.minimal().duration(10));
    }

    JsonObject learned = JsonParser.parseString(Files.readString(history)).getAsJsonObject();
    assertThat(seconds(learned, KIND)).isCloseTo(109, within(8.0));
    assertThat(seconds(learned, KIND.replace("5", "10"))).isCloseTo(387, within(5.0));
    assertThat(folder.resolve("new")).isDirectoryContaining("glob:**/history.json");
    assertThat(Files.list(folder.resolve("new"))).as("no partial file").hasSize(1);
  }

  @Test
  void listenerHearsEachPauseAndTheExpectedLength() {
    List<String> heard = new CopyOnWriteArrayList<>();
    GenerationListener listener =
        new GenerationListener() {
          @Override
          public void onPollScheduled(
              VideoGeneration seen, Duration untilNextLook, Duration expected) {
            heard.add(seen.status() + " " + untilNextLook + " " + expected.toSeconds());
          }
        };
    server.status("queued").answer(500, "").status("generating");
    server.completed("https://cdn.example.com/film.mp4");

    try (VideoClient client = client().listener(listener).build()) {
      client.generate(Samples.minimal());
    }

    assertThat(heard).hasSize(3);
    assertThat(heard.get(0)).isEqualTo("queued PT5S 249");
    assertThat(heard.get(2)).matches("generating PT1[45].*S 249");
    assertThat(heard.stream().map(pause -> Duration.parse(pause.split(" ")[1])))
        .isEqualTo(server.timer.pauses());
  }

  @Test
  void expectedLengthIsLearnedWithAFixedIntervalToo() {
    List<Long> heard = new CopyOnWriteArrayList<>();
    GenerationListener listener =
        new GenerationListener() {
          @Override
          public void onPollScheduled(
              VideoGeneration seen, Duration untilNextLook, Duration expected) {
            heard.add(expected.toSeconds());
          }
        };
    endAfter(Duration.ofSeconds(60));

    try (VideoClient client = server.client().listener(listener).build()) {
      client.generate(Samples.minimal());
      client.generate(Samples.minimal());
    }

    assertThat(heard)
        .startsWith(249L)
        .endsWith(114L)
        .isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void historyOutlivesTheClient() throws IOException {
    Path history = folder.resolve("history.json");
    Files.writeString(history, "{\"" + KIND + "\": {\"seconds\": 60, \"generations\": 20}}");
    endAfter(Duration.ofSeconds(60));

    try (VideoClient client = client().historyFile(history).build()) {
      client.generate(Samples.minimal());
    }

    assertThat(server.timer.pauses().get(2)).isLessThan(Duration.ofSeconds(25));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "\0\1",
        "{\"k\": null}",
        "{\"k\": {\"seconds\": \"x\"}}",
        "{\"k\": {\"seconds\": -1, \"generations\": 3}}",
        "{\"k\": {\"seconds\": 1e999, \"generations\": 3}}"
      })
  void spoiledHistoryIsAnEmptyOne(String content) throws IOException {
    Path history = folder.resolve("history.json");
    Files.writeString(history, content.replace("\"k\"", '"' + KIND + '"'));
    endAfter(Duration.ofSeconds(60));

    try (VideoClient client = client().historyFile(history).build()) {
      client.generate(Samples.minimal());
    }

    assertThat(server.timer.pauses()).startsWith(Duration.ofSeconds(5), Duration.ofSeconds(15));
    assertThat(Files.readString(history)).contains(KIND);
  }

  @Test
  void historyThatCannotBeWrittenDoesNoHarm() {
    endAfter(Duration.ofSeconds(60));

    VideoClient client = client().historyFile(Path.of("/proc/none/history.json")).build();
    client.generate(Samples.minimal());

    assertThatCode(client::close).doesNotThrowAnyException();
  }

  @Test
  void failedGenerationTeachesNothing() throws IOException {
    Path history = folder.resolve("history.json");
    server.status("queued").status("error");

    try (VideoClient client = client().historyFile(history).build()) {
      assertThatThrownBy(() -> client.generate(Samples.minimal()))
          .isInstanceOf(GenerationFailedException.class);
    }

    JsonObject learned = JsonParser.parseString(Files.readString(history)).getAsJsonObject();
    assertThat(seconds(learned, KIND)).isEqualTo(249);
  }

  private VideoClientBuilder client() {
    return server.client().pollPolicy(PollPolicy.DEFAULT);
  }

  private static double seconds(JsonObject learned, String kind) {
    return learned.getAsJsonObject(kind).get("seconds").getAsDouble();
  }

  /** Each generation from now on completes so long after its create, in the time of the tests. */
  private void endAfter(Duration length) {
    server.web.setDispatcher(
        new Dispatcher() {
          private long createdAt;

          @Override
          public MockResponse dispatch(RecordedRequest request) {
            long now = server.timer.nanoTime();
            if (request.getMethod().equals("POST")) createdAt = now;
            boolean ended = now - createdAt >= length.toNanos();
            String body =
                ended
                    ? "{\"id\":\"a\",\"status\":\"completed\",\"video\":{\"url\":\"https://cdn/f\"}}"
                    : "{\"id\":\"a\",\"status\":\"generating\"}";
            return new MockResponse.Builder().body(body).build();
          }
        });
  }
}
