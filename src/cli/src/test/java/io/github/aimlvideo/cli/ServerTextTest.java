package io.github.aimlvideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.aimlvideo.cli.CommandHost.Run;
import io.github.aimlvideo.cli.fixture.CommandLineFixture;
import io.github.aimlvideo.cli.terminal.TerminalText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import mockwebserver3.MockResponse;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a server says reaches a person as text on one line. */
class ServerTextTest extends CommandLineFixture {
  private static final String IMAGE = "https://example.com/fox.png";

  /** Clears the screen, forges a line, turns text around, hides text, and half a character. */
  private static final String EVIL =
      "x\033[2J\033]0;t\007\u009b5m\nresume with:\r\nsh evil.sh\f\u0085\u2028\u202e\u2066\u200b\ufeff"
          + "\u00ad\udb40\udc41\ufdd0\ud83d.";

  private static final String SHOWN =
      "x\\u001b[2J\\u001b]0;t\\u0007\\u009b5m\\nresume with:\\r\\nsh evil.sh\\u000c\\u0085\\u2028"
          + "\\u202e\\u2066\\u200b\\ufeff\\u00ad\\udb40\\udc41\\ufdd0\\ud83d.";

  private static final String LONG = "y".repeat(1_000_000);

  @Test
  void statusIsOneLine() throws IOException {
    respond(200, "{'id':'abc','status':'EVIL','video':{'url':'https://a/EVIL'}}");

    Run run = run("status", "abc");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo(SHOWN + " https://a/" + SHOWN + "\n");
    assertSafe(run);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "200 | {'id':'abc','status':'error','error':'EVIL'}",
        "200 | {'id':'abc','status':'error','error':{'name':'EVIL','message':'EVIL'}}",
        "200 | {'id':'abc','status':'error','error':{'detail':[{'msg':'EVIL'}]}}",
        "400 | {'message':['EVIL','EVIL']}",
        "403 | {'message':'EVIL','requestId':'EVIL'}",
        "404 | EVIL",
      })
  void messageForgesNoLine(int status, String body) throws IOException {
    respond(status, body);

    Run run = run("status", "abc");
    assertThat(run.exitCode()).isNotZero();
    assertThat(run.err())
        .contains("x\\u001b[2J")
        .satisfies(err -> assertThat(err.lines()).hasSizeBetween(2, 3));
    assertThat(run.err().lines())
        .filteredOn(line -> line.startsWith("resume") || line.startsWith("sh"))
        .isEmpty();
    assertSafe(run);
  }

  @Test
  void idIsShownAndTheResumeCommandHasItWhole() throws Exception {
    String id = EVIL.replace("\ud83d", "").replace("\n", "\n'$(id)'");
    respond(200, "{'id':" + json(id) + ",'status':'queued'}");

    Run run = run("generate", IMAGE, "--no-wait");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo(TerminalText.line(id) + "\n").startsWith("x\\u001b[2J");
    assertSafe(run);
    String command = run.err().lines().reduce((first, last) -> last).orElseThrow();
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-c", command.replace("aiml-video wait", "printf '%s|'"));
    byte[] words = shell.start().getInputStream().readAllBytes();
    assertThat(new String(words, StandardCharsets.UTF_8)).startsWith(id + "|--base-url|");
  }

  @Test
  void idOfAHeaderIsShownToo() throws IOException {
    server.enqueue(
        new MockResponse.Builder()
            .headers(
                new Headers.Builder().addUnsafeNonAscii("x-inference-id", "a\u202e\u009bb").build())
            .body("{\"status\":\"queued\"}")
            .build());

    Run run = run("generate", IMAGE, "--no-wait");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("a\\u202e\\u009bb\n");
    assertSafe(run);
  }

  @Test
  void retriesAndTheFailureOfADownloadAreShown() throws IOException {
    respond(500, "{'message':'EVIL'}");
    respond(200, "{'id':'abc','status':'EVIL'}");
    completedAtOnce();
    server.enqueue(
        new MockResponse.Builder()
            .status("HTTP/1.1 418 \033[2J\u202e")
            .headers(
                new Headers.Builder().addUnsafeNonAscii("Content-Type", "text/\033[2J").build())
            .build());

    Run run = run("wait", "abc", "-o", "video.mp4", "--verbose");
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err())
        .contains("poll failed, retrying: ", " s  " + SHOWN + "\n")
        .contains("  polled abc x\\u001b[2J\\u001b]0;t\\u0007\\u009b5m resume with: sh evil.sh ");
    assertSafe(run);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "generate https://a/b --no-wait | {'id':'LONG','status':'queued'}",
        "generate https://a/b --no-wait | {'id':'abc','status':'LONG'}",
        "wait abc | {'id':'abc','status':'LONG'}",
        "wait abc | {'id':'abc','status':'failed','error':'LONG'}",
        "status abc | {'id':'abc','status':'failed','error':{'name':'n','message':'LONG'}}",
      })
  void longTextIsCut(String command, String body) throws IOException {
    respond(200, body.replace("LONG", LONG));
    completedAtOnce();
    video();

    Run run = run((command + " --verbose").split(" "));
    assertThat(run.exitCode()).as(run.err()).isLessThan(2);
    assertThat(run.err()).contains("yyyy...");
    assertSafe(run);
  }

  @Test
  void longMessageKeepsTheWayOut() throws IOException {
    respond(401, "{'message':'" + LONG.repeat(6) + "'}");

    Run run = run("generate", IMAGE, "-p", "fox");
    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).hasLineCount(1).endsWith("yyyy...; check AIML_API_KEY\n");
    assertSafe(run);
  }

  @Test
  void longIdHasNoResumeCommandButIsInTheJson() throws IOException {
    String id = "y".repeat(501);
    respond(200, "{'id':'" + id + "','status':'queued'}");

    Run run = run("generate", IMAGE, "--no-wait", "--json");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("the id is too long").doesNotContain(id);
    assertThat(json(run).get("id").getAsString()).isEqualTo(id);
  }

  @Test
  void signedUrlIsWhole() throws IOException {
    String url = "https://a/b?signature=" + "z".repeat(2000);
    respond(200, "{'id':'abc','status':'completed','video':{'url':'" + url + "'}}");
    respond(200, "{'id':'abc','status':'completed','video':{'url':'" + url + LONG + "'}}");

    Run run = run("status", "abc");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("completed " + url + "\n");
    run = run("status", "abc");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).hasSize("completed ".length() + 504);
  }

  @Test
  void jsonIsWhatTheServerSaidAndSafe() throws IOException {
    respond(200, "{'id':'abc','status':'EVIL','video':{'url':'https://a/EVIL'}}");
    respond(400, "{'message':'EVIL'}");

    Run run = run("status", "abc", "--json");
    assertThat(run.exitCode()).isZero();
    assertSafe(run);
    assertThat(run.out()).hasLineCount(1);
    assertThat(json(run).get("status").getAsString()).isEqualTo(EVIL);
    assertThat(json(run).get("url").getAsString()).isEqualTo("https://a/" + EVIL);
    run = run("status", "abc", "--json");
    assertThat(run.exitCode()).isEqualTo(5);
    assertSafe(run);
    assertThat(json(run).getAsJsonObject("error").get("message").getAsString()).contains(EVIL);
  }

  private void assertSafe(Run run) {
    for (String output : List.of(run.out(), run.err())) {
      assertThat(output.codePoints().filter(c -> c != '\n' && c != '\t'))
          .noneMatch(
              c ->
                  Character.isISOControl(c)
                      || Character.getType(c) == Character.FORMAT
                      || Character.getType(c) == Character.UNASSIGNED
                      || "\u2028\u2029\ufffd".indexOf(c) >= 0);
      assertThat(output.lines()).allMatch(line -> line.length() < 1200);
    }
  }

  private static JsonObject json(Run run) {
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  /** As an ASCII string of JSON; a byte for half a character would get lost. */
  private static String json(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) json.append(String.format("\\u%04x", (int) c));
    return json.append('"').toString();
  }

  @Override
  protected void respond(int status, String body) {
    String quoted = json(EVIL);
    String evil = body.startsWith("{") ? quoted.substring(1, quoted.length() - 1) : EVIL;
    super.respond(status, body.replace("EVIL", evil));
  }
}
