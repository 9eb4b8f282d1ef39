package io.github.aimlvideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One look, a create without a wait, and how little a quiet run says. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class StatusTest {
  private static final String PICTURE = "https://example.com/fox.png";

  private final MockWebServer server = new MockWebServer();
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'id':'-a','status':'generating'} | generating",
        "{'id':'-a','status':'completed','video':{'url':'https://a/b'}} | completed https://a/b",
        "{'id':'-a','status':'dreaming'} | dreaming",
        "{'id':'-a'} | unknown",
      })
  void whateverIsFoundIsTheOutput(String body, String found) throws Exception {
    answer(200, body);

    try (ForkedJvm run = run("status", "--id=-a")) {
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).isEqualTo(found + "\n");
      assertThat(run.err()).isEqualTo("generation -a\n");
    }
    assertThat(server.takeRequest(1, TimeUnit.SECONDS).getTarget()).endsWith("?generation_id=-a");
  }

  @Test
  void failedGenerationIsExitCode1() throws IOException {
    answer(200, "{'id':'abc','status':'error','error':{'name':'Refused','message':'No face'}}");

    try (ForkedJvm run = run("status", "abc")) {
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).isEqualTo("error\n");
      assertThat(run.err())
          .isEqualTo(
              "generation abc\n"
                  + "aiml-video: generation abc failed with status error: Refused: No face\n");
    }
  }

  @Test
  void lookThatFailsTellsHowToGoOn() throws IOException {
    answer(404, "{'message':'Inference not found'}");

    try (ForkedJvm run = run("status", "abc", "--json")) {
      assertThat(run.exitCode()).isEqualTo(5);
      assertThat(run.err()).endsWith("\naiml-video wait abc --base-url " + url() + "\n");
      JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
      assertThat(json.get("id").getAsString()).isEqualTo("abc");
      assertThat(json.get("polls").getAsInt()).isEqualTo(1);
      assertThat(json.has("error")).isTrue();
    }
  }

  @Test
  void statusIsJsonToo() throws IOException {
    answer(200, "{'id':'abc','status':'completed','video':{'url':'https://a/b'}}");

    try (ForkedJvm run = run("status", "abc", "--json")) {
      assertThat(run.exitCode()).isZero();
      JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
      assertThat(json.keySet()).containsExactly("id", "status", "url", "elapsedSeconds", "polls");
    }
  }

  @Test
  void withoutWaitingTheIdIsTheOutputAndTheWayOnComesLast() throws IOException {
    answer(200, "{'id':'abc','status':'queued'}");

    try (ForkedJvm run = run("generate", PICTURE, "--no-wait", "-o", "film.mp4")) {
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).isEqualTo("abc\n");
      assertThat(run.err())
          .startsWith("generation abc\n")
          .contains(" queued\n")
          .endsWith("\naiml-video wait abc -o film.mp4 --base-url " + url() + "\n");
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void withoutWaitingJsonHasTheId() throws IOException {
    answer(200, "{'id':'abc','status':'queued'}");

    try (ForkedJvm run = run("generate", PICTURE, "--no-wait", "--json", "--quiet")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.err())
          .isEqualTo("generation abc\naiml-video wait abc --base-url " + url() + "\n");
      JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
      assertThat(json.keySet())
          .containsExactly("id", "status", "elapsedSeconds", "polls", "clientRequestId");
    }
  }

  @Test
  void quietRunTellsTheIdAlone() throws IOException {
    answer(500, "");
    answer(200, "{'id':'abc','status':'generating'}");
    answer(200, "{'id':'abc','status':'completed','video':{'url':'" + server.url("/f") + "'}}");
    answer(200, "film");

    try (ForkedJvm run = run("wait", "abc", "--quiet", "--interval", "100ms")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).isEqualTo("abc.mp4\n");
      assertThat(run.err()).isEqualTo("generation abc\n");
    }
  }

  @Test
  void quietRunTellsFailuresAndHowToGoOn() throws IOException {
    for (int i = 0; i < 9; i++) answer(200, "{'id':'abc','status':'generating'}");

    try (ForkedJvm run = run("wait", "abc", "--quiet", "--timeout", "200ms")) {
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.err()).hasLineCount(3).endsWith(" wait abc --base-url " + url() + "\n");
    }
  }

  private ForkedJvm run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(1, List.of("--base-url", url()));
    return ForkedJvm.start(folder, "key", List.of(), Main.class, all.toArray(String[]::new));
  }

  private String url() {
    return server.url("/").toString();
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body.replace('\'', '"')).build());
  }
}
