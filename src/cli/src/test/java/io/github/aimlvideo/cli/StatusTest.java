package io.github.aimlvideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** status, generate --no-wait and --quiet. */
class StatusTest extends CommandLineFixture {
  private static final String IMAGE = "https://example.com/fox.png";

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
  void statusIsTheOutput(String body, String output) throws Exception {
    respond(200, body);

    try (ForkedJvm run = run("status", "--id=-a")) {
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).isEqualTo(output + "\n");
      assertThat(run.err()).isEqualTo("generation -a\n");
    }
    assertThat(server.takeRequest(1, TimeUnit.SECONDS).getTarget()).endsWith("?generation_id=-a");
  }

  @Test
  void failedGenerationIsExitCode1() throws IOException {
    respond(200, "{'id':'abc','status':'error','error':{'name':'Refused','message':'No face'}}");

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
  void failedPollPrintsTheResumeCommand() throws IOException {
    respond(404, "{'message':'Inference not found'}");

    try (ForkedJvm run = run("status", "abc", "--json")) {
      assertThat(run.exitCode()).isEqualTo(5);
      assertThat(run.err())
          .endsWith("; resume with:\naiml-video wait abc --base-url " + url() + "\n");
      JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
      assertThat(json.get("id").getAsString()).isEqualTo("abc");
      assertThat(json.get("polls").getAsInt()).isEqualTo(1);
      assertThat(json.has("error")).isTrue();
    }
  }

  @Test
  void statusIsJsonToo() throws IOException {
    respond(200, "{'id':'abc','status':'completed','video':{'url':'https://a/b'}}");

    try (ForkedJvm run = run("status", "abc", "--json")) {
      assertThat(run.exitCode()).isZero();
      JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
      assertThat(json.keySet()).containsExactly("id", "status", "url", "elapsedSeconds", "polls");
    }
  }

  @Test
  void noWaitPrintsTheIdAndLastTheResumeCommand() throws IOException {
    respond(200, "{'id':'abc','status':'queued'}");

    try (ForkedJvm run = run("generate", IMAGE, "--no-wait", "-o", "video.mp4")) {
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).isEqualTo("abc\n");
      assertThat(run.err())
          .startsWith("generation abc\n")
          .contains(" queued\n")
          .endsWith("\nresume with:\naiml-video wait abc -o video.mp4 --base-url " + url() + "\n");
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void noWaitJsonHasTheId() throws IOException {
    respond(200, "{'id':'abc','status':'queued'}");

    try (ForkedJvm run = run("generate", IMAGE, "--no-wait", "--json", "--quiet")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.err())
          .isEqualTo(
              "generation abc\nresume with:\naiml-video wait abc --base-url " + url() + "\n");
      JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
      assertThat(json.keySet())
          .containsExactly("id", "status", "elapsedSeconds", "polls", "clientRequestId");
    }
  }

  @Test
  void quietRunPrintsTheIdOnly() throws IOException {
    respond(500, "");
    respond(200, "{'id':'abc','status':'generating'}");
    respond(200, "{'id':'abc','status':'completed','video':{'url':'" + server.url("/f") + "'}}");
    respond(200, "video");

    try (ForkedJvm run = run("wait", "abc", "--quiet")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).isEqualTo("abc.mp4\n");
      assertThat(run.err()).isEqualTo("generation abc\n");
    }
  }

  @Test
  void quietRunPrintsErrorsAndTheResumeCommand() throws IOException {
    for (int i = 0; i < 9; i++) respond(200, "{'id':'abc','status':'generating'}");

    try (ForkedJvm run = run("wait", "abc", "--quiet", "--timeout", "200ms")) {
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.err()).hasLineCount(3).endsWith(" wait abc --base-url " + url() + "\n");
    }
  }
}
