package io.github.aimlvideo.cli.studio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.github.aimlvideo.batch.FakeApi;
import io.github.aimlvideo.cli.Main;
import io.github.aimlvideo.cli.fixture.ForkedJvm;
import io.github.aimlvideo.cli.fixture.TestFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as a user runs it. */
@Execution(ExecutionMode.CONCURRENT)
class StudioCommandTest {
  private final FakeApi api = new FakeApi();
  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void addressIsTheOutput() throws Exception {
    try (ForkedJvm run = start("key", "--port", "0")) {
      String url = url(run);

      assertThat(url).matches("http://127\\.0\\.0\\.1:\\d+/[0-9a-f]{32}/");
      assertThat(run.err())
          .isEqualTo(
              "studio on %s, videos in studio; open the address in a browser, Ctrl-C ends it\n"
                  .formatted(api.url()));
      assertThat(get(url + "state").body()).contains("\"hasKey\":true", "\"folder\":\"studio\"");
      try (Studio.Events open = events(url)) {
        open.next();
        run.signal("INT");
        assertThat(run.exitCode()).isEqualTo(130);
      }
      assertThat(run.err()).hasLineCount(1);
      assertThat(folder.resolve("studio")).doesNotExist();
    }
  }

  @Test
  void jsonIsOneObjectAndTheImageIsThere() throws Exception {
    Files.write(folder.resolve("fox.png"), Studio.png(40, 30));

    try (ForkedJvm run = start(null, "fox.png", "--json", "--port", "0", "-o", "foxes")) {
      run.awaitText("\"}\n");
      String url = JsonParser.parseString(run.out()).getAsJsonObject().get("url").getAsString();

      assertThat(get(url + "state").body())
          .contains("\"hasKey\":false", "\"folder\":\"foxes\"", "\"name\":\"fox.png\"");
      assertThat(run.err()).contains("no API key").hasLineCount(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void signalTellsWhatStillRunsAndTheNextStartResumesIt(String signal, int code) throws Exception {
    try (ForkedJvm run = start("key", "--port", "0", "--quiet", "--out", "my foxes")) {
      String url = url(run);
      generate(url, "fox-1", "hangs");
      awaitEvent(url, "\"id\":\"id-1\"");
      generate(url, "fox-2", "hangs too");
      awaitEvent(url, "\"id\":\"id-2\"");
      run.signal(signal);

      assertThat(run.exitCode()).as(run.err()).isEqualTo(code);
      assertThat(run.err())
          .contains("fox-1: generation id-1\n", "fox-2: generation id-2\n")
          .contains("fox-1: generation id-1 is still running\n")
          .contains("fox-2: generation id-2 is still running\n")
          .endsWith(
              "resume with:\naiml-video studio --base-url %s --interval 100ms --port 0 --quiet --out 'my foxes'\n"
                  .formatted(api.url()));
    }
    api.hangs = false;

    try (ForkedJvm run = start("key", "--port", "0", "--quiet", "--out", "my foxes")) {
      String url = url(run);
      awaitEvent(url, "\"hasVideo\":true},{");
      awaitEvent(url, "\"hasVideo\":true}]");
      assertThat(folder.resolve("my foxes/fox-1.mp4")).hasContent("video");
      run.signal(signal);
      assertThat(run.exitCode()).isEqualTo(code);
      assertThat(run.err()).isEmpty();
    }
    assertThat(api.creates).hasValue(2);
  }

  @Test
  void unknownOutcomeIsTold() throws Exception {
    try (ForkedJvm run = start("key", "--port", "0", "--quiet")) {
      String url = url(run);
      generate(url, "fox-1", "vanished");
      awaitEvent(url, "\"state\":\"CREATING\"");
      run.signal("TERM");

      assertThat(run.exitCode()).isEqualTo(143);
      assertThat(run.err())
          .contains("fox-1: unknown whether the create was accepted (client request id ")
          .contains("resume with:\n");
    }
    assertThat(api.accepted).hasSize(1);
  }

  /** The folder is gone when the response comes. */
  @Test
  void idThatCannotBeRecordedIsTold() throws Exception {
    api.before =
        prompt -> {
          TestFolder.delete(folder.resolve("studio"));
          return null;
        };
    try (ForkedJvm run = start("key", "--port", "0")) {
      generate(url(run), "fox-1", "runs");
      run.awaitText("warning: cannot record row fox-1, generation id-1");
      run.signal("TERM");

      assertThat(run.exitCode()).isEqualTo(143);
      assertThat(run.err())
          .contains("\nfox-1: generation id-1\nwarning: ")
          .contains("\nfox-1: generation id-1 is still running\n");
    }
  }

  @Test
  void takenPortIsExitCode2() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ForkedJvm run = start("key", "--port", "" + taken.getLocalPort())) {
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err())
          .startsWith("aiml-video: --port: " + taken.getLocalPort() + " is in use or not allowed; ")
          .hasLineCount(1);
    }
  }

  @Test
  void nextFreePortIsTaken() {
    try (ForkedJvm one = start("key");
        ForkedJvm two = start("key", "-o", "other")) {
      assertThat(URI.create(url(one)).getPort()).isNotEqualTo(URI.create(url(two)).getPort());
    }
  }

  @Test
  void folderInUseOrOfSomebodyElseIsOneLine() throws Exception {
    try (ForkedJvm run = start("key", "--port", "0")) {
      String url = url(run);
      generate(url, "fox-1", "hangs");
      try (ForkedJvm other = start("key", "--port", "0")) {
        assertThat(other.exitCode()).isEqualTo(5);
        assertThat(other.err())
            .contains("another batch is running in studio; wait for it or stop it")
            .hasLineCount(1);
      }
    }
    Files.createDirectories(folder.resolve("foreign"));
    Files.writeString(folder.resolve("foreign/batch.db"), "mine");
    try (ForkedJvm run = start("key", "--port", "0", "-o", "foreign", "--json")) {
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("foreign/batch.db").hasLineCount(1);
      assertThat(JsonParser.parseString(run.out()).getAsJsonObject().has("error")).isTrue();
    }
    assertThat(folder.resolve("foreign/batch.db")).hasContent("mine");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "secret key | | 4 | the API key has characters that no key has",
        "key | nope.png | 2 | IMAGE: no such file: nope.png",
        "key | text.png | 2 | IMAGE: text.png: not an image",
        "key | http://127.0.0.1:1/a.png | 2 | IMAGE: cannot load the image from 127.0.0.1: ",
        "key | --port 70000 | 2 | --port must be from 0 to 65535: 70000",
        "key | --out text.png | 2 | --out is not a folder: ",
        "key | --out text.png/videos | 2 | --out is not a folder: ",
        "key | / | 2 | IMAGE: not a file: /",
        "key | --interval 1ms | 2 | --interval must be from 100ms",
      })
  void wrongArgumentIsOneLine(String key, String arguments, int code, String message)
      throws IOException {
    Files.writeString(folder.resolve("text.png"), "text");
    String[] more = arguments == null ? new String[0] : arguments.split(" ");

    try (ForkedJvm run = start(key, more)) {
      assertThat(run.exitCode()).as(run.err()).isEqualTo(code);
      assertThat(run.err()).startsWith("aiml-video: " + message).hasLineCount(1);
      assertThat(run.out()).isEmpty();
    }
  }

  private ForkedJvm start(String key, String... more) {
    List<String> arguments = new ArrayList<>(List.of("studio", "--base-url", api.url()));
    if (!List.of(more).contains("--interval")) arguments.addAll(List.of("--interval", "100ms"));
    arguments.addAll(List.of(more));
    return ForkedJvm.start(folder, key, List.of(), Main.class, arguments.toArray(String[]::new));
  }

  private static String url(ForkedJvm run) {
    run.awaitText("/\n");
    return run.out().strip();
  }

  private HttpResponse<String> get(String url) throws Exception {
    return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }

  private void generate(String url, String name, String prompt) throws Exception {
    String request = Studio.request("https://example.com/fox.png", prompt);
    String body = "{'name':'" + name + "','request':" + request + "}";
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create(url + "generations"))
                .header("Origin", url.replaceFirst("(:\\d+)/.*", "$1"))
                .POST(BodyPublishers.ofString(body.replace('\'', '"')))
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
  }

  /** Waits until the page is told something. */
  private void awaitEvent(String url, String text) throws Exception {
    try (Studio.Events events = events(url)) {
      while (!events.next().toString().contains(text)) {}
    }
  }

  /** An open page. */
  private Studio.Events events(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "events")).build();
    return new Studio.Events(http.send(request, BodyHandlers.ofInputStream()).body());
  }
}
