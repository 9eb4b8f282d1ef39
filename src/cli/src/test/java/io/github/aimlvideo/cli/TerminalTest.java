package io.github.aimlvideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.cli.fixture.TerminalSession;
import io.github.aimlvideo.cli.terminal.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command on a terminal: its progress line, and the screen at the end. */
@Execution(ExecutionMode.CONCURRENT)
class TerminalTest {
  private static final Pattern COLOUR = Pattern.compile("\033\\[[0-9;]*m");

  private final MockWebServer server = new MockWebServer();
  private volatile boolean done;
  private volatile int code = 200;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder().code(code).body(respond(request)).build();
          }
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void progressLineIsErasedAtTheEnd() throws Exception {
    try (TerminalSession terminal = generate(80, "TERM=xterm", "job")) {
      terminal.untilFrame(
          frame ->
              plain(frame)
                  .matches("fox.mp4  generating  0:0\\d of about \\d+:\\d\\d, next poll in 1 s"));
      done = true;

      assertThat(terminal.exitCode()).isZero();
      assertThat(terminal.screen()).containsExactly("generation abc", "fox.mp4");
      assertThat(plain(terminal.frames().get(0))).startsWith("fox.mp4  creating  0:0");
      assertThat(terminal.output()).containsPattern(COLOUR);
      assertThat(terminal.isAsBefore()).isTrue();
    }
  }

  @Test
  void ctrlCPrintsTheResumeCommand() throws Exception {
    try (TerminalSession terminal = generate(80, "TERM=xterm", "job")) {
      terminal.untilFrame(frame -> frame.contains("next poll"));
      terminal.type("\3");

      assertThat(terminal.exitCode()).isEqualTo(130);
      assertThat(terminal.screen())
          .containsExactly(
              "generation abc",
              "aiml-video: interrupted; generation abc is still running; resume with:",
              "aiml-video wait abc -o fox.mp4 --base-url " + server.url("/"));
      assertThat(terminal.isAsBefore()).isTrue();
      assertThat(terminal.output()).doesNotContain("\033[?25l").endsWith("\n");
    }
  }

  @Test
  void terminationPrintsTheResumeCommand() throws Exception {
    try (TerminalSession terminal = generate(80, "TERM=xterm", "job")) {
      terminal.untilFrame(frame -> frame.contains("next poll"));
      terminal.signal("TERM");

      assertThat(terminal.exitCode()).isEqualTo(143);
      assertThat(terminal.screen()).hasSize(3).last().asString().startsWith("aiml-video wait abc ");
    }
  }

  @Test
  void failedPollsStayAboveTheLine() throws Exception {
    try (TerminalSession terminal = generate(80, "TERM=xterm", "job")) {
      terminal.untilFrame(frame -> frame.contains("generating"));
      code = 500;
      terminal.until(output -> output.contains("poll failed, retrying: "));
      terminal.untilFrame(frame -> frame.contains("generating"));
      code = 403;

      assertThat(terminal.exitCode()).isEqualTo(4);
      assertThat(terminal.screen())
          .startsWith("generation abc")
          .anyMatch(line -> line.startsWith("poll failed, retrying: "));
      assertThat(terminal.screen()).anyMatch(line -> line.startsWith("aiml-video: GET "));
      assertThat(terminal.screen()).noneMatch(line -> line.contains("next poll"));
    }
  }

  @Test
  void noColorIsHonoured() throws Exception {
    try (TerminalSession terminal = generate(80, "TERM=xterm NO_COLOR=1", "job")) {
      terminal.untilFrame(frame -> frame.contains("next poll"));
      done = true;

      assertThat(terminal.exitCode()).isZero();
      assertThat(terminal.output()).doesNotContainPattern(COLOUR);
    }
  }

  @Test
  void progressLineFitsTheWidth() throws Exception {
    try (TerminalSession terminal = generate(36, "TERM=xterm", "job", "-o", "狐狸🦊\033[7m.mp4")) {
      terminal.untilFrame(frame -> frame.contains("generating"));
      assertThat(terminal.frames()).allMatch(frame -> columns(frame) < 36);

      terminal.resize(70);
      terminal.untilFrame(frame -> frame.contains("next poll"));
      terminal.resize(20);
      terminal.untilFrame(frame -> columns(frame) < 20);
      done = true;

      assertThat(terminal.exitCode()).isZero();
      assertThat(plain(terminal.frames().get(0))).startsWith("狐狸🦊\\u001b[7m.mp4  creating");
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "TERM=dumb, ''",
        "'', ''",
        "TERM=xterm, --verbose",
      })
  void otherTerminalsGetPlainLines(String environment, String option) throws Exception {
    String[] options = option.isEmpty() ? new String[0] : new String[] {option};
    try (TerminalSession terminal = generate(80, environment, "job", options)) {
      terminal.until(output -> output.contains(" s  generating"));
      done = true;

      assertThat(terminal.exitCode()).isZero();
      assertThat(terminal.output()).doesNotContain("\033");
      assertThat(terminal.screen()).anyMatch(line -> line.matches(" +[\\d.]+ s  queued"));
    }
  }

  @Test
  void redirectedErrorsArePlainWithoutJLine() throws Exception {
    done = true;
    try (TerminalSession terminal = generate(80, "TERM=xterm", "job 2>errors")) {
      assertThat(terminal.exitCode()).isZero();
      assertThat(terminal.screen()).containsExactly("fox.mp4");
      assertThat(folder.resolve("errors")).content().startsWith("generation abc\n");
      assertThat(Files.readString(folder.resolve("classes")))
          .contains(Progress.class.getPackageName() + ".PlainProgress")
          .doesNotContain("org.jline");
    }
  }

  @Test
  void backgroundJobHasNoProgressLine() throws Exception {
    // -m: a process group for each job, as in an interactive shell
    try (TerminalSession terminal = generate(80, "TERM=xterm", "set -m; job & wait $!")) {
      terminal.until(output -> output.contains(" s  generating"));
      done = true;

      terminal.exitCode();
      assertThat(terminal.output()).doesNotContain("\033");
    }
  }

  @Test
  void rowsOfABatchStayAboveTheLine() throws Exception {
    try (TerminalSession terminal = batch()) {
      terminal.untilFrame(
          frame -> plain(frame).matches("\\[\\.{20}]  0/2  \\d:\\d\\d  \\d generating"));
      done = true;

      assertThat(terminal.exitCode()).isZero();
      assertThat(terminal.screen())
          .startsWith("2 rows, 2 to create")
          .contains("fox completed videos/fox.mp4", "owl completed videos/owl.mp4")
          .endsWith("2 completed", "videos/index.html");
      assertThat(terminal.isAsBefore()).isTrue();
    }
  }

  @Test
  void ctrlCPrintsTheResumeCommandOfABatch() throws Exception {
    try (TerminalSession terminal = batch()) {
      terminal.untilFrame(frame -> plain(frame).contains(" generating"));
      terminal.type("\3");

      assertThat(terminal.exitCode()).isEqualTo(130);
      assertThat(terminal.screen())
          .contains("fox running", "owl running")
          .last()
          .asString()
          .startsWith("aiml-video batch videos.csv --out videos --base-url http://");
      assertThat(terminal.screen()).noneMatch(line -> line.contains(" generating"));
      assertThat(terminal.isAsBefore()).isTrue();
    }
  }

  private TerminalSession batch() throws IOException {
    Files.writeString(
        folder.resolve("videos.csv"),
        "name,image_url\nfox,https://example.com/a.jpg\nowl,https://example.com/b.jpg\n");
    String[] args = {
      "batch", "videos.csv", "--out", "videos", "--base-url", url(), "--interval", "1s"
    };
    return TerminalSession.start(folder, 200, "TERM=xterm", "job", args);
  }

  private String url() {
    return server.url("/").toString();
  }

  private TerminalSession generate(int columns, String environment, String run, String... options) {
    List<String> args =
        new ArrayList<>(List.of("generate", "https://example.com/fox.jpg", "-p", "fox"));
    args.addAll(List.of("--base-url", url(), "--interval", "1s"));
    if (!List.of(options).contains("-o")) args.addAll(List.of("-o", "fox.mp4"));
    args.addAll(List.of(options));
    return TerminalSession.start(folder, columns, environment, run, args.toArray(String[]::new));
  }

  private String respond(RecordedRequest request) {
    if (request.getUrl().encodedPath().equals("/v.mp4")) return "video";
    String status =
        done ? "completed" : request.getMethod().equals("POST") ? "queued" : "generating";
    String video = done ? ",'video':{'url':'" + server.url("/v.mp4") + "'}" : "";
    return ("{'id':'abc','status':'" + status + "'" + video + "}").replace('\'', '"');
  }

  private static String plain(String frame) {
    return COLOUR.matcher(frame).replaceAll("");
  }

  private static int columns(String frame) {
    return new AttributedString(plain(frame)).columnLength();
  }
}
