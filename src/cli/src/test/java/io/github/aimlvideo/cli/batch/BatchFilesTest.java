package io.github.aimlvideo.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.aimlvideo.batch.FakeApi;
import io.github.aimlvideo.cli.CommandHost;
import io.github.aimlvideo.cli.CommandHost.Run;
import io.github.aimlvideo.cli.Main;
import io.github.aimlvideo.cli.fixture.ForkedJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a batch beside those of the user: only what the batch wrote is replaced. */
@Execution(ExecutionMode.CONCURRENT)
class BatchFilesTest {
  private static final String EVIL = "x\033[2J\nresume with:\u202e\u2028\u009b\ufdd0.";
  private static final String SHOWN = "x\\u001b[2J\\nresume with:\\u202e\\u2028\\u009b\\ufdd0.";

  private final FakeApi api = new FakeApi();
  private final CommandHost host = CommandHost.take();
  private final Path folder = host.folder();

  @BeforeEach
  void files() throws IOException {
    Files.createDirectory(folder.resolve("out"));
    Files.createSymbolicLink(folder.resolve("linked"), Path.of("out"));
    write("out/fox.gif", "GIF89a");
    manifest("m.jsonl", "runs", "out/fox.gif");
  }

  @AfterEach
  void close() {
    api.close();
    host.close();
  }

  @ParameterizedTest
  @CsvSource({
    "results.jsonl, .",
    "index.html, .",
    "batch.db, .",
    "fox.mp4, .",
    "out/results.jsonl, out",
    "out/results.jsonl, linked",
    "linked/index.html, out",
    "alias.jsonl, out",
  })
  void manifestIsNotReplaced(String manifest, String out) throws IOException {
    Files.createSymbolicLink(folder.resolve("alias.jsonl"), Path.of("linked/results.jsonl"));
    manifest("out/results.jsonl", "runs", "fox.gif");
    manifest(manifest, "runs", "https://a/b.png");
    String before = read(manifest);

    refused("is the same file as the input " + manifest, "batch", manifest, "--out", out);

    assertThat(folder.resolve(manifest)).hasContent(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "out/results.jsonl",
        "out/index.html",
        "out/fox.mp4",
        "out/batch.db",
        "out/.batch.lock"
      })
  void imageOfARowIsNotReplaced(String image) throws IOException {
    write(image, "GIF89a");
    manifest("m.jsonl", "runs", image);

    refused(image.replace("out/", "linked/"), "batch", "m.jsonl", "--out", "linked");

    assertThat(folder.resolve(image)).hasContent("GIF89a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "results.jsonl | one line",
        "results.jsonl | {\"name\":\"fox\",\"image_url\":\"https://a/b\"}",
        "results.jsonl | {\"name\":\"fox\",\"status\":\"completed\"}",
        "index.html | <title>My page</title>",
        "index.html | <meta name=\"generator\" content=\"aiml-video batch\">",
        "index.html | ''",
      })
  void filesOfTheUserAreNotReplaced(String name, String text) throws IOException {
    write("out/" + name, text);

    refused("out/" + name + " is not from this batch", "batch", "m.jsonl", "--out", "out");

    assertThat(folder.resolve("out/" + name)).hasContent(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "results.jsonl | one line",
        "results.jsonl | {\"name\":\"fox\",\"status\":\"completed\",\"note\":\"mine\"}",
        "results.jsonl | [\"fox\"]",
        "index.html | <title>My page</title>",
      })
  void norAreThoseBesideADatabase(String name, String text) throws IOException {
    assertThat(batch().exitCode()).isZero();
    write("out/" + name, text);

    refused("out/" + name + " is not from this batch", "batch", "m.jsonl", "--out", "out");

    assertThat(folder.resolve("out/" + name)).hasContent(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"one line", "one line that is longer than the header of SQLite"})
  void norIsOneNamedLikeTheDatabase(String text) throws IOException {
    write("out/batch.db", text);

    refused(
        "out/batch.db: it is not the database of a batch, or damaged",
        "batch",
        "m.jsonl",
        "--out",
        "out");

    assertThat(folder.resolve("out/batch.db")).hasContent(text);
  }

  @Test
  void journalOfAnEarlierVersionIsRefused() throws IOException {
    write("out/journal.jsonl", "{}");

    refused("out/journal.jsonl is of an earlier version", "batch", "m.jsonl", "--out", "out");

    assertThat(folder.resolve("out/batch.db")).doesNotExist();
  }

  @Test
  void linkOfTheUserIsNotReplaced() throws IOException {
    Files.createSymbolicLink(folder.resolve("out/index.html"), Path.of("gone.html"));

    refused("out/index.html is not from this batch", "batch", "m.jsonl", "--out", "out");
  }

  @Test
  void ownFilesAreReplaced() throws IOException {
    assertThat(batch().exitCode()).isZero();
    String page = read("out/index.html");
    Files.writeString(
        folder.resolve("m.jsonl"),
        read("m.jsonl") + row("owl", "flies", "out/fox.gif") + row("cat", "fails", "https://a/b"));

    assertThat(batch().exitCode()).isEqualTo(1);
    assertThat(batch().exitCode()).isEqualTo(1);

    assertThat(Files.readAllLines(folder.resolve("out/results.jsonl"))).hasSize(3);
    assertThat(read("out/index.html")).isNotEqualTo(page).contains("flies");
  }

  @Test
  void onlyPartialFilesOfABatchAreDeleted() throws IOException {
    List<String> others =
        List.of(
            ".notes.part",
            ".results.jsonl.part",
            ".fox.mp4-" + UUID.randomUUID() + ".part",
            "." + UUID.randomUUID() + ".part", // a video that another command downloads
            ".probe1.part",
            "index.html-" + UUID.randomUUID() + ".part");
    List<String> parts =
        List.of(
            ".index.html-" + UUID.randomUUID() + ".part",
            ".results.jsonl-" + UUID.randomUUID() + ".part",
            ".batch-probe-17.part");
    for (String name : others) write("out/" + name, "mine");
    for (String name : parts) write("out/" + name, "half a file");

    assertThat(batch().exitCode()).isZero();

    for (String name : others) assertThat(folder.resolve("out/" + name)).hasContent("mine");
    for (String name : parts) assertThat(folder.resolve("out/" + name)).doesNotExist();
  }

  @Test
  void fileThatAppearsDuringTheRunIsNotTheVideo() throws IOException {
    api.before =
        prompt -> {
          write("out/fox.mp4", "mine");
          return null;
        };
    Run run = batch();
    assertThat(run.exitCode()).as(run.err()).isEqualTo(5);
    assertThat(run.err()).contains("fox: out/fox.mp4 is not from this batch; move it away");
    assertThat(run.out()).isEqualTo("fox running\n");

    run = batch();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("row 1 (fox): fox.mp4 is not from this batch; move it away");
    assertThat(folder.resolve("out/fox.mp4")).hasContent("mine");
    Files.delete(folder.resolve("out/fox.mp4"));

    assertThat(batch().exitCode()).isZero();
    assertThat(folder.resolve("out/fox.mp4")).hasContent("video");
    assertThat(api.creates).hasValue(1);
  }

  @Test
  void resultsThatAppearDuringTheRunAreNotReplaced() throws IOException {
    api.before =
        prompt -> {
          write("out/results.jsonl", "mine");
          return null;
        };
    Run run = batch();
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).contains("cannot write the results: out/results.jsonl is not from");
    assertThat(folder.resolve("out/results.jsonl")).hasContent("mine");
  }

  @Test
  void fileInPlaceOfAFailedRowStopsOnlyItsRetry() throws IOException {
    manifest("m.jsonl", "fails", "https://a/b");
    assertThat(batch().exitCode()).isEqualTo(1);
    write("out/fox.mp4", "mine");

    assertThat(batch().exitCode()).isEqualTo(1);
    assertThat(batch("--retry-failed").exitCode()).isEqualTo(2);

    assertThat(folder.resolve("out/fox.mp4")).hasContent("mine");
    assertThat(api.creates).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:SECRET@127.0.0.1",
        "https://:SECRET@127.0.0.1",
        "https://SECRET@127.0.0.1",
        "http://:SECRET@127.0.0.1:1",
        "user:SECRET@127.0.0.1",
        "https:user:SECRET@127.0.0.1",
        "https://user:SECRET@no host",
        "https://127.0.0.1?key=SECRET",
      })
  void passwordInTheBaseUrlReachesNoFile(String url) throws IOException {
    Run run = host.run("batch", "m.jsonl", "--out", "new", "--json", "--base-url", url);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).startsWith("aiml-video: base URL ").hasLineCount(1);
    assertThat(run.out() + run.err()).doesNotContain("SECRET");
    assertThat(folder.resolve("new")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401})
  void messageOfTheServerIsOneLine(int status) throws IOException {
    api.before = prompt -> FakeApi.problem(status, EVIL + "y".repeat(1_000_000));

    Run run = batch("--verbose");
    assertThat(run.exitCode()).isPositive();
    assertThat(run.err()).contains(SHOWN + "yyy");
    assertSafe(run.err());
    assertSafe(run.out());
  }

  @Test
  void messageOfAPauseIsOneLine() throws IOException {
    api.before = prompt -> FakeApi.problem(429, EVIL + "y".repeat(1_000_000));

    try (ForkedJvm run = forkBatch()) {
      run.awaitText("pausing creates for ");
      run.signal("INT");
      assertThat(run.exitCode()).isEqualTo(130);
      assertThat(run.err()).contains(SHOWN + "yyy");
      assertSafe(run.err());
    }
  }

  @Test
  void resultsAreWhatTheServerSaidAndSafe() throws IOException {
    api.before = prompt -> FakeApi.problem(400, EVIL);

    Run run = batch("--json");
    assertThat(run.exitCode()).isEqualTo(1);
    assertSafe(run.out());
    assertSafe(read("out/results.jsonl"));
    assertThat(read("out/results.jsonl")).isEqualTo(run.out());
    JsonObject row = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(row.getAsJsonObject("error").get("message").getAsString()).contains(EVIL);
  }

  @Test
  void manifestForgesNoLine() throws IOException {
    write(
        "m.csv",
        "name,image_url,duration\nfox,https://a/b,\"7\nresume with:\nsh evil.sh\033[2J\u202e\"\n");

    Run run = host.run("batch", "m.csv", "--out", "out");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("aiml-video: m.csv: row 2, ").hasLineCount(1);
    assertSafe(run.err());
  }

  private static void assertSafe(String output) {
    assertThat(output.codePoints().filter(c -> c != '\n'))
        .noneMatch(c -> Character.isISOControl(c) || "\u202e\u2028\ufdd0".indexOf(c) >= 0);
    assertThat(output.lines()).allMatch(line -> line.length() < 1000);
  }

  private void refused(String why, String... command) throws IOException {
    int creates = api.creates.get();
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--base-url", api.url()));
    Run run = host.run(all.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(why).hasLineCount(1);
    assertThat(api.creates).hasValue(creates);
  }

  private void manifest(String name, String prompt, String image) {
    write(name, row("fox", prompt, image));
  }

  private static String row(String name, String prompt, String image) {
    JsonObject row = new JsonObject();
    row.addProperty("name", name);
    row.addProperty("prompt", prompt);
    row.addProperty("image_url", image);
    return row + "\n";
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  private Run batch(String... more) {
    return host.run(arguments(more));
  }

  private ForkedJvm forkBatch() {
    return ForkedJvm.start(folder, "key", List.of(), Main.class, arguments());
  }

  private String[] arguments(String... more) {
    List<String> all = new ArrayList<>(List.of("batch", "m.jsonl", "--out", "out"));
    all.addAll(List.of("--base-url", api.url(), "--interval", "100ms"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
