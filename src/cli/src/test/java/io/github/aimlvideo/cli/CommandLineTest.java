package io.github.aimlvideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.aimlvideo.cli.CommandHost.Run;
import io.github.aimlvideo.cli.fixture.CommandLineFixture;
import io.github.aimlvideo.cli.fixture.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as a user runs it: arguments in; files, two streams and an exit code out. */
class CommandLineTest extends CommandLineFixture {
  private static final String IMAGE = "https://example.com/images/mona%20lisa.jpeg?size=1";

  @Test
  void videoIsSavedAndItsPathIsTheOutput() throws IOException {
    respond(200, "{'id':'abc','status':'queued'}");
    completedAtOnce();
    video();

    Run run = run("generate", IMAGE, "-p", "Grüße", "-o", "new/video.mp4");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("new/video.mp4\n");
    assertThat(run.err())
        .startsWith("creating folder new\ngeneration abc\n")
        .contains("queued", "completed");
    assertThat(folder.resolve("new/video.mp4")).hasContent("video");
  }

  @Test
  void optionsReachTheServer() throws Exception {
    respond(400, "{}");

    Run run = run("generate", IMAGE, "-p", "Hello", "-d", "10");
    assertThat(run.exitCode()).isEqualTo(5);

    assertThat(server.takeRequest(1, TimeUnit.SECONDS).getBody().utf8())
        .isEqualTo(
            "{\"model\":\"kling-video/v1/standard/image-to-video\",\"image_url\":\""
                + IMAGE
                + "\",\"prompt\":\"Hello\",\"duration\":10}");
  }

  @Test
  void requestForAnyModelIsSentAsItIs() throws Exception {
    Files.writeString(folder.resolve("frame.gif"), "GIF89a");
    Files.writeString(
        folder.resolve("fox.json"),
        """
        {"model": "vendor/model-1", "first_frame": "frame.gif", "prompt": "frame.gif", "seed": 7,
         "keyframe": {"type": "image", "url": "frame.gif"}, "image_urls": ["https://a/b"]}
        """);
    completedAtOnce();
    video();

    Run run = run("generate", "--request", "fox.json", "-p", "snow");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("fox.mp4\n");

    JsonObject sent = JsonParser.parseString(takeRequest().getBody().utf8()).getAsJsonObject();
    assertThat(sent)
        .isEqualTo(
            JsonParser.parseString(
                """
                {"model": "vendor/model-1", "first_frame": "data:image/gif;base64,R0lGODlh",
                 "prompt": "snow", "seed": 7,
                 "keyframe": {"type": "image", "url": "data:image/gif;base64,R0lGODlh"},
                 "image_urls": ["https://a/b"]}
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | model is missing",
        "[] | not a JSON object",
        "{\"model\": | request.json: not valid JSON (line 1, column 10)",
        "{\"model\": \"a/b\", \"image_url\": \"nope.png\"} | no such file",
      })
  void invalidRequestIsReportedAndNotSent(String json, String why) throws IOException {
    Files.writeString(folder.resolve("request.json"), json);

    Run run = run("generate", "--request", "request.json");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("aiml-video: --request: ").contains(why);
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void jsonHasAllThatIsKnown() throws IOException {
    respond(200, "{'id':'abc','status':'queued','meta':{'usage':{'credits_used':560000}}}");
    respond(500, "");
    completedAtOnce();
    video();

    Run run = run("generate", IMAGE, "--json", "-o", "video.mp4");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(json.keySet())
        .containsExactly(
            "id",
            "status",
            "url",
            "file",
            "creditsUsed",
            "usdSpent",
            "elapsedSeconds",
            "polls",
            "clientRequestId");
    assertThat(json.get("polls").getAsInt()).isEqualTo(2);
    assertThat(json.get("creditsUsed").getAsInt()).isEqualTo(560000);
    assertThat(json.get("usdSpent").getAsBigDecimal()).isEqualTo("0.28");
    assertThat(run.err()).endsWith("\ncost: $0.28 (560000 credits)\n");
  }

  @ParameterizedTest
  @CsvSource({
    "200, '{\"id\":\"abc\",\"status\":\"failed\",\"error\":\"No face\"}', 1, No face",
    "401, '{\"message\":\"Invalid API key\"}', 4, nothing was created: POST /v2/video/generations returned 401: Invalid API key",
    "403, '{\"message\":[\"No credits\"]}', 4, nothing was created: POST /v2/video/generations returned 403: No credits",
    "400, '{\"message\":\"Bad\"}', 5, nothing was created: POST /v2/video/generations returned 400: Bad",
    "429, '', 5, nothing was created: POST /v2/video/generations returned 429",
    "503, '', 5, nothing was created: POST /v2/video/generations returned 503",
    "502, 'oops', 6, client request id",
    "200, '', 6, client request id",
  })
  void exitCodeTellsTheOutcomeOfTheCreate(int status, String body, int code, String why)
      throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            boolean create = request.getMethod().equals("POST");
            return new MockResponse.Builder()
                .code(create ? status : 404)
                .addHeader("Retry-After", "600")
                .body(create ? body : "")
                .build();
          }
        });

    Run run = run("generate", IMAGE, "--json", "--timeout", "30s");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(code);
    assertThat(run.err()).contains(why);
    JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(json.get("clientRequestId").getAsString()).isNotEmpty();
    assertThat(json.getAsJsonObject("error").get("message").getAsString()).contains(why);
  }

  @Test
  void withoutArgumentsTheHelpIsPrinted() {
    Run run = runAlone();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("Usage: aiml-video ").contains("  recover ");
  }

  /** The same on each JDK: from 18 on it writes UTF-8, but still decodes arguments as ASCII. */
  @Test
  void argumentThatIsNotDecodedIsNotSent() throws IOException {
    String[] args = {"generate", IMAGE, "-p", "café", "--base-url", url()};

    try (ForkedJvm run = ForkedJvm.startWithVariable("LC_ALL=C", folder, Main.class, args)) {
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("is not text in this locale; set LC_ALL=C.UTF-8");
    }
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void timeoutPrintsTheResumeCommand() throws IOException {
    for (int i = 0; i < 9; i++) respond(200, "{'id':'-abc','status':'generating'}");
    String resume = "aiml-video wait --id=-abc -o 'my video.mp4' --base-url " + url();

    Run run = run("wait", "--id=-abc", "-o", "my video.mp4", "--timeout", "300ms");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .contains("generation -abc is still running after 300ms")
        .endsWith("; resume with:\n" + resume + "\n");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void waitResumes() throws IOException {
    completedAtOnce("-a/b:c");
    video();

    Run run = run("wait", "--id=-a/b:c", "-o", "video.mp4");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).startsWith("generation -a/b:c\n");
    assertThat(folder.resolve("video.mp4")).hasContent("video");
  }

  @Test
  void failedDownloadCanBeResumed() throws IOException {
    completedAtOnce();
    respond(418, "");

    Run run = run("generate", IMAGE, "-o", "video.mp4");
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).endsWith("\naiml-video wait abc -o video.mp4 --base-url " + url() + "\n");
    assertThat(filesIn(folder)).isEmpty();
  }

  @Test
  void symbolicLinkAsOutputStays() throws IOException {
    Files.createSymbolicLink(folder.resolve("link.mp4"), folder.resolve("real.mp4"));
    Files.writeString(folder.resolve("real.mp4"), "old");
    completedAtOnce();
    video();

    Run run = run("generate", IMAGE, "-o", "link.mp4", "--overwrite");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(folder.resolve("link.mp4")).isSymbolicLink();
    assertThat(folder.resolve("real.mp4")).hasContent("video");
  }

  @Test
  void usageErrorIsJsonToo() throws IOException {
    Run run = run("generate", IMAGE, "--json", "-d", "five");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(JsonParser.parseString(run.out()).getAsJsonObject().has("error")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "generate, 'no image; give IMAGE or --request FILE'",
    "generate nope.jpg, no such file: nope.jpg",
    "generate text.png, 'not an image (PNG, JPEG, WebP, GIF or BMP): text.png'",
    "generate https://a/b -d 7, duration = 7 must be 5 or 10",
    "generate https://a/b -d five, --duration: 'five' is not a whole number",
    "generate https://a/b --interval 10ms, --interval must be from 100ms to 8760h: 10ms",
    "generate https://a/b --timeout soon, 'soon' is not a duration; use 500ms",
    "generate https://a/b --base-url http://example.com, must be https",
    "generate https://a/b -p fox -o ., 'cannot save to .: it exists and is not a regular file'",
    "generate https://a/b -p fox -o text.png/x.mp4, text.png is not a folder",
    "generate mock.png -o ./mock.png, '--output: ./mock.png is the same file as the input mock.png; choose another'",
    "generate https://a/b -o new/, 'new/' is not the name of a file",
    "generate https://a/b -o -, a video cannot go to standard output",
    "generate https://a/b -p fox -o fifo, 'cannot save to fifo: it exists and is not a regular file'",
    "generate ftp://a/b, 'not an http(s) URL: ftp://a/b'",
    "generate https://a/b --timeout 0s, --timeout must be from 1ms to 8760h: 0s",
    "generate https://a/b -o text.png, '--output: text.png exists; choose another, or add --overwrite'",
    "wait abc -o text.png, '--output: text.png exists; choose another, or add --overwrite'",
    "recover abc -o text.png, '--output: text.png exists; choose another, or add --overwrite'",
    "generate https://a/b --download-timeout 0s, --download-timeout must be from 1ms to 8760h: 0s",
    "recover a b, unexpected argument b; quote a text with spaces",
    "recover a/b, client request id",
    "recover abc --recovery-timeout soon, 'soon' is not a duration",
    "generate --nope, unknown option --nope; see aiml-video generate --help",
    "generate --prmpt=fox, unknown option --prmpt; did you mean --prompt?",
    "generate https://a/b --cfg-scale x, --cfg-scale: 'x' is not a number",
    "generate https://a/b --camera-config pan, --camera-config: 'pan' is not DIRECTION=NUMBER",
    "generate https://a/b -p, --prompt needs a value; write --prompt=VALUE if that begins with -",
    "generate https://a/b -p --quiet, --prompt needs a value; write --prompt=VALUE",
    "generate https://a/b -p a -p b, --prompt is given twice",
    "generate https://a/b --quiet --verbose, --quiet and --verbose exclude each other",
    "generate https://a/b caf��, is not text in this locale; set LC_ALL=C.UTF-8",
    "wait, missing ID or --id; see aiml-video wait --help",
    "wait a --id=b, ID and --id=ID exclude each other",
    "batch, missing --out and MANIFEST",
    "generate https://a/b --max-usd 0, --max-usd must be at least 0.000001: 0",
    "generate https://a/b --max-usd 1e-999999999, --max-usd must be at least 0.000001: 1E-99",
    "generate https://a/b --max-usd much, --max-usd: 'much' is not a number",
    "generate https://a/b --accept-unknown-price, --accept-unknown-price needs --max-usd",
    "list --since soon, --since: 'soon' is not a duration; use 500ms",
    "list --since 93d, --since must be from 1s to 2208h: 2232h",
    "list --since 0h, --since must be from 1s to 2208h: 0s",
    "list --status done, --status: 'done' is not one of succeeded, failed",
    "list --limit 0, --limit must be from 1 to 100000: 0",
    "list --limit many, --limit: 'many' is not a whole number",
    "studio --port x, --port: 'x' is not a whole number",
    "studio a b, unexpected argument b; quote a text with spaces",
    "models --capabilty image_to_video, unknown option --capabilty; did you mean --capability?",
    "modles, unknown command modles; did you mean models?",
    "videos, unknown command videos; see aiml-video --help",
    "wiat abc, unknown command wiat; did you mean wait?",
    "help statsu, unknown command statsu; did you mean status?",
  })
  void invalidInputIsOneLineAndNothingIsSent(String arguments, String why) throws Exception {
    Files.writeString(folder.resolve("text.png"), "no image");
    Files.writeString(folder.resolve("mock.png"), "GIF89a");
    new ProcessBuilder("mkfifo", folder.resolve("fifo").toString()).start().waitFor();

    Run run = runAlone(arguments.split(" "));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).startsWith("aiml-video: ").contains(why).hasLineCount(1);
    assertThat(server.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret key"})
  void invalidKeyIsExitCode4(String key) throws IOException {
    try (ForkedJvm run =
        ForkedJvm.start(
            folder, key, List.of(), Main.class, "generate", IMAGE, "--base-url", url())) {
      assertThat(run.exitCode()).isEqualTo(4);
      assertThat(run.err()).contains("AIML_API_KEY").doesNotContain("secret").hasLineCount(1);
    }
    assertThat(server.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void signalPrintsTheResumeCommand(String signal, int code) throws Exception {
    respond(200, "{'id':'abc','status':'queued'}");
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());

    try (ForkedJvm run = fork("generate", IMAGE, "-o", "video.mp4")) {
      server.takeRequest(2, TimeUnit.MINUTES);
      server.takeRequest(2, TimeUnit.MINUTES);
      run.signal(signal);

      assertThat(run.exitCode()).isEqualTo(code);
      assertThat(run.err())
          .endsWith("\naiml-video wait abc -o video.mp4 --base-url " + server.url("/") + "\n");
    }
  }

  @Test
  void signalDuringTheDownloadLeavesNoPartialFile() throws Exception {
    completedAtOnce();
    server.enqueue(
        new MockResponse.Builder()
            .body("f".repeat(1 << 20))
            .onResponseBody(SocketEffect.Stall.INSTANCE)
            .build());

    try (ForkedJvm run = fork("generate", IMAGE, "-o", "video.mp4")) {
      server.takeRequest(2, TimeUnit.MINUTES);
      server.takeRequest(2, TimeUnit.MINUTES);
      while (filesIn(folder).isEmpty()) assertThat(run.isAlive()).as(run.err()).isTrue();
      run.signal("TERM");

      assertThat(run.exitCode()).isEqualTo(143);
      assertThat(run.err()).contains("\naiml-video wait abc -o video.mp4");
    }
    assertThat(filesIn(folder)).isEmpty();
  }

  private static List<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
