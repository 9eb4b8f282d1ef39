package io.github.aimlvideo.cli.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.aimlvideo.cli.CommandHost.Run;
import io.github.aimlvideo.cli.fixture.CommandLineFixture;
import java.io.IOException;
import java.nio.file.Files;
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

    Run run = run("status", "--id=-a");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo(output + "\n");
    assertThat(run.err()).isEqualTo("generation -a\n");
    assertThat(server.takeRequest(1, TimeUnit.SECONDS).getTarget()).endsWith("?generation_id=-a");
  }

  @Test
  void failedGenerationIsExitCode1() throws IOException {
    respond(200, "{'id':'abc','status':'error','error':{'name':'Refused','message':'No face'}}");

    Run run = run("status", "abc");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEqualTo("error\n");
    assertThat(run.err())
        .isEqualTo(
            "generation abc\n"
                + "aiml-video: generation abc failed with status error: Refused: No face\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'name':'Refused','message':'No face'} | Refused | No face",
        "{'message':'No face'} | GenerationFailed | No face",
        "'No face' | GenerationFailed | No face",
        "null | GenerationFailed | generation abc failed with status error",
      })
  void jsonHasTheErrorOfTheServer(String error, String name, String message) {
    respond(200, "{'id':'abc','status':'error','error':" + error + "}");

    JsonObject said = error(run("status", "abc", "--json"));
    assertThat(said.get("name").getAsString()).isEqualTo(name);
    assertThat(said.get("message").getAsString()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'message':'Bad','error':{'name':'ZodError','message':'Bad'}} | ZodError",
        "{'message':'Bad'} | Api",
        "{'message':'Bad','error':{'name':7}} | Api",
        "Bad | Api",
      })
  void jsonHasTheNameOfARefusal(String body, String name) {
    respond(400, body);

    JsonObject said = error(run("generate", IMAGE, "--json"));
    assertThat(said.get("name").getAsString()).isEqualTo(name);
    assertThat(said.get("message").getAsString())
        .startsWith("nothing was created: ")
        .contains("Bad");
  }

  private static JsonObject error(Run run) {
    return JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonObject("error");
  }

  @Test
  void failedGenerationIsNotCharged() {
    respond(200, "{'id':'abc','status':'error','meta':{'usage':{'credits_used':560000}}}");

    Run run = run("status", "abc", "--json");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out() + run.err()).contains("\"status\":\"error\"").doesNotContain("560000");
  }

  @Test
  void commandThatResumesMayReplaceTheFileToo() throws IOException {
    Files.writeString(folder.resolve("fox.mp4"), "old");
    respond(200, "{'id':'abc','status':'queued'}");

    Run run = run("generate", IMAGE, "--no-wait", "-o", "fox.mp4", "--overwrite");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("aiml-video wait abc -o fox.mp4 --overwrite --base-url ");
  }

  @Test
  void fileIsCheckedWithoutWaitingToo() throws IOException {
    Files.createDirectory(folder.resolve("dir"));

    Run run = run("generate", IMAGE, "--no-wait", "-o", "dir");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("cannot save to dir: it exists and is not a regular file");
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void refusalAfterAnAnswerPrintsTheResumeCommand() {
    respond(200, "{'id':'abc','status':'generating'}");
    respond(404, "{'message':'Inference not found'}");

    Run run = run("wait", "abc");
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err())
        .endsWith("; resume with:\naiml-video wait abc --base-url " + url() + "\n");
  }

  @Test
  void failedPollPrintsTheResumeCommand() throws IOException {
    respond(500, "{'message':'Try again'}");

    Run run = run("status", "abc", "--json");
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err())
        .endsWith("; resume with:\naiml-video wait abc --base-url " + url() + "\n");
    JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(json.get("id").getAsString()).isEqualTo("abc");
    assertThat(json.get("polls").getAsInt()).isEqualTo(1);
    assertThat(json.has("error")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "status, 404, 5, '; check the id, and whether it belongs to this key'",
    "wait, 404, 5, '; check the id, and whether it belongs to this key'",
    "wait, 400, 5, returned 400",
    "status, 401, 4, ; check AIML_API_KEY",
    "wait, 403, 4, ; check the credits and rights of the key",
  })
  void refusedIdIsNotOfferedToWaitFor(String command, int status, int code, String why) {
    respond(status, "{'message':'No'}");

    Run run = run(command, "abc");
    assertThat(run.exitCode()).isEqualTo(code);
    assertThat(run.err()).contains(why).doesNotContain("resume", "aiml-video wait").hasLineCount(2);
  }

  @Test
  void refusedIdOfAPaidGenerationIs() throws IOException {
    respond(200, "{'id':'abc','status':'queued'}");
    respond(401, "");

    Run run = run("generate", IMAGE);
    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).endsWith("\naiml-video wait abc --base-url " + url() + "\n");
  }

  @Test
  void unreachableServerSaidNothingOfTheGeneration() throws IOException {
    for (int i = 0; i < 9; i++) respond(500, "");

    Run run = run("wait", "abc", "--timeout", "300ms");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .contains("aiml-video: no status of generation abc after 300ms; the last poll failed: ")
        .doesNotContain("still running");
  }

  @Test
  void statusIsJsonToo() throws IOException {
    respond(200, "{'id':'abc','status':'completed','video':{'url':'https://a/b'}}");

    Run run = run("status", "abc", "--json");
    assertThat(run.exitCode()).isZero();
    JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(json.keySet()).containsExactly("id", "status", "url", "elapsedSeconds", "polls");
  }

  @Test
  void noWaitPrintsTheIdAndLastTheResumeCommand() throws IOException {
    respond(200, "{'id':'abc','status':'queued'}");

    Run run = run("generate", IMAGE, "--no-wait", "-o", "video.mp4");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("abc\n");
    assertThat(run.err())
        .startsWith("warning: no prompt; the video may show anything\ngeneration abc\n")
        .contains(" queued\n")
        .endsWith("\nresume with:\naiml-video wait abc -o video.mp4 --base-url " + url() + "\n");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void noWaitJsonHasTheId() throws IOException {
    respond(200, "{'id':'abc','status':'queued'}");

    Run run = run("generate", IMAGE, "--no-wait", "--json", "--quiet");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .isEqualTo("generation abc\nresume with:\naiml-video wait abc --base-url " + url() + "\n");
    JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(json.keySet())
        .containsExactly("id", "status", "elapsedSeconds", "polls", "clientRequestId");
  }

  @Test
  void quietRunPrintsTheIdOnly() throws IOException {
    respond(500, "");
    respond(200, "{'id':'abc','status':'generating'}");
    respond(200, "{'id':'abc','status':'completed','video':{'url':'" + server.url("/f") + "'}}");
    respond(200, "video");

    Run run = run("wait", "abc", "--quiet");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("abc.mp4\n");
    assertThat(run.err()).isEqualTo("generation abc\n");
  }

  @Test
  void quietRunPrintsErrorsAndTheResumeCommand() throws IOException {
    for (int i = 0; i < 9; i++) respond(200, "{'id':'abc','status':'generating'}");

    Run run = run("wait", "abc", "--quiet", "--timeout", "200ms");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).hasLineCount(3).endsWith(" wait abc --base-url " + url() + "\n");
  }
}
