package io.github.aimlvideo.cli.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.github.aimlvideo.cli.CommandHost.Run;
import io.github.aimlvideo.cli.fixture.CommandLineFixture;
import io.github.aimlvideo.cli.fixture.ForkedJvm;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A create whose response was lost is found again by the command that exit code 6 names. */
class RecoverTest extends CommandLineFixture {
  private static final String NOTHING = "{'data':[],'pagination':{'has_more':false}}";
  private static final String FOUND =
      "{'data':[{'client_request_id':'c1','inference_id':'abc'}],'pagination':{'has_more':false}}";

  @Test
  void unknownOutcomeNamesTheCommand() {
    respond(502, "");
    respond(404, "");

    Run run = run("generate", "https://a/b", "-p", "fox", "-o", "my video.mp4", "--json");
    assertThat(run.exitCode()).isEqualTo(6);
    String id =
        JsonParser.parseString(run.out()).getAsJsonObject().get("clientRequestId").getAsString();
    assertThat(run.err())
        .contains("response lost; searching the logs for client request id " + id)
        .endsWith(
            "; find it with:\naiml-video recover "
                + id
                + " -o 'my video.mp4' --base-url "
                + url()
                + "\n");
  }

  @Test
  void createIsFoundAndItsVideoSaved() throws InterruptedException {
    respond(200, NOTHING);
    respond(200, FOUND);
    completedAtOnce();
    video();

    Run run = run("recover", "c1");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("abc.mp4\n");
    assertThat(run.err())
        .startsWith("the logs do not list it yet; searching the logs for up to 5m")
        .contains("s\ngeneration abc\n");
    assertThat(folder.resolve("abc.mp4")).hasContent("video");
    for (String target : new String[] {"/v2/logs", "/v2/logs", "/v2/video/generations", "/v.mp4"}) {
      var request = server.takeRequest(1, TimeUnit.SECONDS);
      assertThat(request.getMethod() + " " + request.getTarget()).startsWith("GET " + target);
    }
  }

  @Test
  void createThatWasFoundCanBeResumed() {
    respond(200, FOUND);
    respond(404, "{'message':'Inference not found'}");

    Run run = run("recover", "c1", "--json");
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err())
        .endsWith("; resume with:\naiml-video wait abc --base-url " + url() + "\n");
    assertThat(run.out()).contains("\"id\":\"abc\"");
  }

  @Test
  void createThatTheLogsDoNotListStaysUnknown() {
    respond(200, NOTHING);

    Run run = run("recover", "c1", "--recovery-timeout", "0s", "--json", "--quiet");
    assertThat(run.exitCode()).isEqualTo(6);
    assertThat(run.err())
        .isEqualTo(
            "aiml-video: unknown whether the create was accepted (the logs do not list it); it may"
                + " be charged, so it was not repeated (client request id c1); find it with:\n"
                + "aiml-video recover c1 --base-url "
                + url()
                + "\n");
    assertThat(run.out()).contains("\"clientRequestId\":\"c1\"");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "401, 4, ; check AIML_API_KEY",
    "403, 4, ; check the credits and rights of the key",
    "404, 5, returned 404",
  })
  void refusedSearchIsNotRepeated(int status, int code, String why) {
    respond(status, "");

    Run run = run("recover", "c1", "--json");
    assertThat(run.exitCode()).isEqualTo(code);
    assertThat(run.err())
        .contains("aiml-video: cannot search the logs: GET /v2/logs returned " + status, why)
        .doesNotContain("nothing was created", "find it");
    assertThat(run.out()).contains("\"clientRequestId\":\"c1\"");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void signalPrintsTheCommandAgain() throws Exception {
    for (int i = 0; i < 200; i++) respond(200, NOTHING);

    try (ForkedJvm run = fork("recover", "c1")) {
      server.takeRequest(2, TimeUnit.MINUTES);
      run.signal("INT");

      assertThat(run.exitCode()).isEqualTo(130);
      assertThat(run.err()).endsWith("\naiml-video recover c1 --base-url " + url() + "\n");
    }
  }
}
