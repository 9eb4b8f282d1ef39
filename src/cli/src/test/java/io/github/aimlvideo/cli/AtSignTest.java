package io.github.aimlvideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.github.aimlvideo.cli.CommandHost.Run;
import io.github.aimlvideo.cli.fixture.CommandLineFixture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** An argument that begins with @ is text, and no file with more arguments. */
class AtSignTest extends CommandLineFixture {
  private static final String IMAGE = "https://example.com/fox.png";

  @BeforeEach
  void files() throws IOException {
    Files.writeString(folder.resolve("secret"), "root:x:0:0:hidden\n--help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"@secret", "@./secret", "@", "@@two cats", "@@@secret", "@gone"})
  void promptIsSentAsItIs(String prompt) throws Exception {
    respond(400, "{}");

    Run run = run("generate", IMAGE, "-p", prompt);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(5);
    assertThat(run.out() + run.err()).doesNotContain("hidden");
    assertThat(sentPrompt()).isEqualTo(prompt);
  }

  @Test
  void fileDoesNotTakeTheKeyToAnotherHost() throws Exception {
    respond(400, "{}");
    try (MockWebServer evil = new MockWebServer()) {
      evil.start();
      Files.writeString(folder.resolve("upload.jpg"), "fox\n--base-url\n" + evil.url("/"));

      Run run = runAlone("generate", "--base-url", url(), IMAGE, "-p", "@upload.jpg");
      assertThat(run.exitCode()).isEqualTo(5);
      assertThat(evil.getRequestCount()).isZero();
    }
    assertThat(sentPrompt()).isEqualTo("@upload.jpg");
  }

  @Test
  void idIsAskedForAsItIs() throws Exception {
    respond(200, "{'id':'@secret','status':'queued'}");
    respond(200, "{'id':'@secret','status':'queued'}");

    Run run = run("status", "@secret");
    assertThat(run.exitCode()).as(run.err()).isZero();
    run = run("generate", IMAGE, "--no-wait", "-o", "@secret");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("\naiml-video wait '@secret' -o '@secret' --base-url ");
    assertThat(server.takeRequest(1, TimeUnit.SECONDS).getTarget())
        .endsWith("?generation_id=%40secret");
  }

  /** A file with --help in it would make each of them succeed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "@secret",
        "generate @secret",
        "generate --request @secret",
        "generate https://a/b --dynamic-masks @secret",
        "generate https://a/b --tail-image=@secret",
        "generate https://a/b --timeout @secret",
        "wait abc @secret",
        "batch @secret --out out",
        "batch m.csv --out out @secret",
        "help @secret",
        "completion @secret",
      })
  void noCommandReadsIt(String line) {
    StringWriter output = new StringWriter();
    PrintWriter both = new PrintWriter(output, true);
    CommandLine command = RootCommand.create(both, both);

    int code = command.execute(line.replace("@secret", "@" + folder + "/secret").split(" "));

    assertThat(output.toString()).doesNotContain("hidden", "Usage:");
    assertThat(code).isEqualTo(2);
  }

  @Test
  void everyCommandHasItOff() {
    CommandLine root = RootCommand.create(new PrintWriter(System.out), new PrintWriter(System.err));

    assertThat(root.isExpandAtFiles()).isFalse();
    assertThat(List.copyOf(root.getSubcommands().values()))
        .isNotEmpty()
        .noneMatch(CommandLine::isExpandAtFiles);
  }

  private String sentPrompt() throws InterruptedException {
    String body = server.takeRequest(1, TimeUnit.SECONDS).getBody().utf8();
    return JsonParser.parseString(body).getAsJsonObject().get("prompt").getAsString();
  }
}
