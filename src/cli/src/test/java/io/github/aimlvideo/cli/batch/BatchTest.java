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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches as a user runs them: a manifest in; videos, results and an exit code out. */
@Execution(ExecutionMode.CONCURRENT)
class BatchTest {
  private static final String IMAGE = "https://example.com/fox.jpg";
  private static final int ROWS = Boolean.getBoolean("thorough") ? 200 : 50;

  private final FakeApi api = new FakeApi();
  private final CommandHost host = CommandHost.take();
  private final Path folder = host.folder();

  @AfterEach
  void close() {
    api.close();
    host.close();
  }

  @Test
  void everyRowGetsItsVideo() throws IOException {
    manifest("fox,runs", "owl,flies");

    Run run = batch();
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .containsExactlyInAnyOrder("fox completed out/fox.mp4", "owl completed out/owl.mp4");
    assertThat(run.err())
        .contains("2 rows, 2 to create\n", "fox: generation id-")
        .endsWith("2 completed; cost: $0.0001 (200 credits)\nout/index.html\n");
    assertThat(folder.resolve("out/fox.mp4")).hasContent("video");
    List<String> results = Files.readAllLines(folder.resolve("out/results.jsonl"));
    assertThat(results).hasSize(2);
    JsonObject fox = JsonParser.parseString(results.get(0)).getAsJsonObject();
    assertThat(fox.get("name").getAsString()).isEqualTo("fox");
    assertThat(fox.get("status").getAsString()).isEqualTo("completed");
    assertThat(fox.get("file").getAsString()).isEqualTo("out/fox.mp4");
    assertThat(fox.get("creditsUsed").getAsInt()).isEqualTo(100);
    assertThat(fox.get("usdSpent").getAsBigDecimal()).isEqualByComparingTo("0.00005");
    assertThat(folder.resolve("out/index.html")).content().contains("fox.mp4", "runs");
  }

  @Test
  void secondRunSendsAndDownloadsNothing() throws IOException {
    manifest("fox,runs", "owl,flies");
    batch().exitCode();

    Run again = batch();
    assertThat(again.exitCode()).isZero();
    assertThat(again.out().lines())
        .containsExactly("fox completed out/fox.mp4", "owl completed out/owl.mp4");
    assertThat(again.err())
        .startsWith("2 rows, 2 done before\n2 completed; cost: $0.0001 (200 credits)\n");
    assertThat(api.creates).hasValue(2);
    assertThat(api.downloads).hasValue(2);
  }

  @Test
  void missingVideoIsDownloadedAgainAndNotBought() throws IOException {
    manifest("fox,runs");
    batch().exitCode();
    Files.delete(folder.resolve("out/fox.mp4"));
    manifest("fox,runs", "owl,flies");

    Run run = batch();
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).startsWith("2 rows, 1 resumed, 1 to create\n");

    assertThat(folder.resolve("out/fox.mp4")).hasContent("video");
    assertThat(api.accepted).containsExactly("runs", "flies");
  }

  @Test
  void pollsThatFailAreToldOnce() throws IOException {
    manifest("fox,runs", "owl,flies");
    api.lostPolls.set(8); // OkHttp itself repeats those on a connection that it kept

    Run run = batch();
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).containsOnlyOnce("warning: polls fail and are retried: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"m.csv/out", "/proc/out"})
  void folderThatCannotBeMadeIsNamed(String out) throws IOException {
    manifest("fox,runs");

    Run run = host.run("batch", "m.csv", "--out", out, "--base-url", api.url());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("aiml-video: --out: cannot make the folder " + out + ": ")
        .doesNotContain("Exception")
        .hasLineCount(1);
  }

  @Test
  void jsonLinesAreRowsAndResults() throws IOException {
    Files.writeString(
        folder.resolve("m.jsonl"),
        "{\"name\":\"fox\",\"image_url\":\"" + IMAGE + "\",\"prompt\":\"runs\"}\n\n");

    Run run = host.run(arguments("m.jsonl", "--json"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonObject row = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(row.get("status").getAsString()).isEqualTo("completed");
    assertThat(row.get("id").getAsString()).isEqualTo("id-1");
  }

  @Test
  void allViolationsAreReportedAndNothingIsSent() throws IOException {
    Files.writeString(
        folder.resolve("m.csv"),
        """
        name,image_url,duration,cfg_scale,camera_control,promt
        fox,https://example.com/a.jpg,7,,,
        fox,https://example.com/a.jpg,5,2,,
        a/b,https://example.com/a.jpg,5,,,
        cat,missing.jpg,five,,,
        ,,5,,,
        dog,https://example.com/a.jpg
        owl,https://example.com/a.jpg,5,,{"type":"up"},
        emu,https://example.com/a.jpg,5,,,typo
        ant,ftp://example.com/a.jpg,5,,,
        """);

    Run run = host.run("batch", "m.csv", "--out", "out");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .anyMatch(line -> line.contains("row 2, column duration: duration = 7 must be 5 or 10"))
        .anyMatch(line -> line.contains("row 3, column name: fox is also the name of row 2"))
        .anyMatch(line -> line.contains("row 3, column cfg_scale: cfg_scale = 2"))
        .anyMatch(line -> line.contains("row 4, column name: 'a/b' must be"))
        .anyMatch(
            line -> line.contains("row 5, column image_url: ") && line.contains("missing.jpg"))
        .anyMatch(line -> line.contains("row 5, column duration: duration = five"))
        .anyMatch(line -> line.contains("row 6, column name: missing"))
        .anyMatch(line -> line.contains("row 6, column image_url: image_url is missing"))
        .anyMatch(line -> line.contains("row 7, column duration: missing; the row ends before it"))
        .anyMatch(line -> line.contains("row 8, column camera_control: camera_control.type = up"))
        .anyMatch(line -> line.contains("row 9, column promt: "))
        .anyMatch(line -> line.contains("row 10, column image_url: "))
        .allMatch(line -> line.startsWith("aiml-video: m.csv: "));
    assertThat(api.creates).hasValue(0);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void failedRowsAreRetriedOnDemandOnly() throws IOException {
    manifest("fox,runs", "owl,fails", "cat,rejected");

    Run run = batch();
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out().lines())
        .containsExactlyInAnyOrder("fox completed out/fox.mp4", "owl failed", "cat failed");
    assertThat(run.err())
        .contains("owl: ", "<unsafe>", "cat: ", "duration is wrong", "again, add --retry-failed");
    assertThat(batch().exitCode()).isEqualTo(1);
    assertThat(api.accepted).containsExactlyInAnyOrder("runs", "fails");

    manifest("fox,runs", "owl,flies", "cat,sleeps");
    assertThat(batch("--retry-failed").exitCode()).isZero();
    assertThat(api.accepted).containsExactlyInAnyOrder("runs", "fails", "flies", "sleeps");
  }

  @Test
  void lostCreateIsFoundInTheLogs() throws IOException {
    manifest("fox,is lost", "owl,flies");

    assertThat(batch().exitCode()).isZero();

    assertThat(api.accepted).containsExactlyInAnyOrder("is lost", "flies");
  }

  @Test
  void unknownCreateIsResubmittedOnDemandOnly() throws IOException {
    manifest("fox,has vanished");
    String[] oneSearch = {"--recovery-timeout", "0s"};

    Run run = batch(oneSearch);
    assertThat(run.exitCode()).isEqualTo(6);
    assertThat(run.out()).isEqualTo("fox unknown\n");
    assertThat(run.err())
        .contains("client request id", "to create it again, use --resubmit-unknown");
    assertThat(batch(oneSearch).exitCode()).isEqualTo(6);
    assertThat(api.creates).hasValue(1);

    assertThat(batch("--recovery-timeout", "0s", "--resubmit-unknown").exitCode()).isEqualTo(6);
    assertThat(api.creates).as("once more in each run").hasValue(2);
  }

  @Test
  void unknownCreateCountsAsSpent() throws IOException {
    manifest("a,1", "b,has vanished", "c,3");

    Run run =
        batch(
            "--max-credits=200",
            "--accept-unknown-price",
            "--recovery-timeout=0s",
            "--concurrency=1");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(6);
    assertThat(api.accepted).containsExactly("1", "has vanished");
  }

  @Test
  void maxCreditsIsNotExceeded() throws IOException {
    manifest("a,1", "b,2", "c,3", "d,4");

    Run run = batch("--max-credits", "250", "--accept-unknown-price");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out().lines()).contains("c unsent", "d unsent");
    assertThat(run.err()).contains("spent 200 of 250");
    assertThat(run.err())
        .contains("to create the other 2 rows too:\naiml-video batch m.csv --out out ")
        .endsWith(" --max-credits 400\n");
    assertThat(batch("--max-credits", "250").exitCode()).as("the price is known").isEqualTo(3);
    assertThat(api.creates).hasValue(2);

    assertThat(batch("--max-credits", "400").exitCode()).isZero();
    assertThat(api.creates).hasValue(4);
  }

  @Test
  void removedRowsCountForMaxCredits() throws IOException {
    manifest("a,1", "b,2");
    batch().exitCode();
    manifest("c,3", "d,4");

    Run run = batch("--max-credits", "350", "--accept-unknown-price");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("no longer in the manifest, ignored: a, b", "spent 300 of 350");
    assertThat(api.creates).hasValue(3);
  }

  @Test
  void removedRowWithAnUnknownOutcomeCountsForMaxCredits() throws IOException {
    manifest("a,has vanished", "b,2");
    assertThat(batch("--recovery-timeout", "0s").exitCode()).isEqualTo(6);
    manifest("b,2", "c,3");

    Run run = batch("--max-credits", "299", "--recovery-timeout", "0s");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("no longer in the manifest, ignored: a", "spent 200 of 299");
    assertThat(api.creates).hasValue(2);
  }

  @Test
  void missingKeyIsExitCode4AndInvalidDurationIsUsage() throws IOException {
    manifest("a,1");

    try (ForkedJvm run = ForkedJvm.start(folder, null, List.of(), Main.class, arguments("m.csv"))) {
      assertThat(run.exitCode()).isEqualTo(4);
      assertThat(run.err()).contains("AIML_API_KEY").hasLineCount(1);
    }
    assertThat(batch("--timeout", "0s").exitCode()).isEqualTo(2);
    assertThat(api.creates).hasValue(0);
    assertThat(batch().exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"data\":null}", "<html>"})
  void unreadableLogsAreNoReasonToResubmit(String logs) throws IOException {
    manifest("fox,has vanished");
    assertThat(batch("--recovery-timeout", "0s").exitCode()).isEqualTo(6);
    api.logs = logs;

    try (ForkedJvm run =
        forkBatch("--recovery-timeout", "0s", "--resubmit-unknown", "--timeout", "2s")) {
      run.awaitText("1 row, 1 resumed");
      run.signal("TERM");
      assertThat(run.exitCode()).isEqualTo(143);
    }
    assertThat(api.creates).hasValue(1);
  }

  @Test
  void interruptedRejectedCreatesAreUnsent() throws IOException {
    manifest("a,1", "b,2", "c,3", "d,4");
    api.before = prompt -> FakeApi.problem(429, "slow down");

    try (ForkedJvm run = forkBatch()) {
      run.awaitText("pausing creates for ");
      run.signal("INT");
      assertThat(run.exitCode()).isEqualTo(130);
      assertThat(run.out()).isEqualTo("a unsent\nb unsent\nc unsent\nd unsent\n");
    }
    api.before = prompt -> null;
    assertThat(batch().exitCode()).isZero();
    assertThat(api.accepted).hasSize(4);
  }

  @Test
  void rejectedKeyStopsTheBatch() throws IOException {
    manifest("a,1", "b,2", "c,3");
    api.before = prompt -> FakeApi.problem(401, "Invalid API key");

    Run run = batch("--concurrency", "1");
    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.out().lines()).containsExactly("a unsent", "b unsent", "c unsent");
    assertThat(api.creates).hasValue(1);
    api.before = prompt -> null;
    assertThat(batch().exitCode()).isZero();
  }

  @Test
  void tooManyRequestsSlowTheWholeBatch() throws IOException {
    manifest("a,1", "b,2", "c,3");
    AtomicInteger requests = new AtomicInteger();
    List<Long> times = new ArrayList<>();
    api.before =
        prompt -> {
          synchronized (times) {
            times.add(System.nanoTime());
          }
          return requests.getAndIncrement() == 0 ? FakeApi.problem(429, "slow down") : null;
        };

    Run run = batch("--concurrency", "1");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(times).hasSize(4);
    assertThat(times.get(2) - times.get(0))
        .as("the next row waits too")
        .isGreaterThan(4_900_000_000L);
  }

  @Test
  void interruptionPrintsTheResumeCommand() throws Exception {
    manifest("fox,runs", "owl,hangs");

    try (ForkedJvm run = forkBatch()) {
      run.awaitText("fox completed");
      run.signal("INT");
      assertThat(run.exitCode()).isEqualTo(130);
      assertThat(run.out().lines()).containsExactly("fox completed out/fox.mp4", "owl running");
      assertThat(run.err())
          .endsWith(
              "aiml-video batch m.csv --out out --base-url " + api.url() + " --interval 100ms\n");
    }
    assertThat(folder.resolve("out/index.html")).exists();
    try (var files = Files.list(folder.resolve("out"))) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
    }
    assertThat(api.creates).hasValue(2);
  }

  @Test
  void pageIsWrittenWhileTheBatchRuns() throws Exception {
    manifest("fox,runs", "owl,hangs");
    Path page = folder.resolve("out/index.html");

    try (ForkedJvm run = forkBatch()) {
      while (!Files.exists(page) || !Files.readString(page).contains("fox.mp4"))
        assertThat(run.isAlive()).isTrue();
      assertThat(page).content().contains("owl");
      api.hangs = false;
      assertThat(run.exitCode()).as(run.err()).isZero();
    }
    assertThat(page).content().contains("owl.mp4");
  }

  @Test
  void secondProcessIsRefused() throws IOException {
    manifest("fox,hangs");

    try (ForkedJvm first = forkBatch()) {
      first.awaitText("fox: generation");
      Run second = batch();
      assertThat(second.exitCode()).isEqualTo(5);
      assertThat(second.err())
          .isEqualTo("aiml-video: another batch is running in out; wait for it or stop it\n");
    }
    assertThat(api.creates).hasValue(1);
  }

  @Test
  void manifestMustFitTheDatabase() throws IOException {
    manifest("fox,runs");
    batch().exitCode();
    manifest("fox,sleeps", "owl,flies");
    Files.writeString(folder.resolve("out/owl.mp4"), "mine");

    Run run = batch();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            "row 2 (fox): another request was sent under this name; undo the change",
            "row 3 (owl): owl.mp4 exists");
    assertThat(
            host.run("batch", "m.csv", "--out", "out", "--base-url", "http://127.0.0.1:1")
                .exitCode())
        .isEqualTo(2);
    assertThat(folder.resolve("out/owl.mp4")).hasContent("mine");
    assertThat(api.creates).hasValue(1);
  }

  @Test
  void changedRowIsReportedAndDoesNotStopTheOthers() throws IOException {
    manifest("fox,runs");
    batch();
    manifest("fox,sleeps", "owl,flies");

    Run run = batch();
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out().lines())
        .containsExactly("fox completed out/fox.mp4", "owl completed out/owl.mp4");
    assertThat(run.err())
        .contains("fox: another request was sent under this name; undo the change");
    assertThat(api.accepted).containsExactly("runs", "flies");

    Run replaced = batch("--replace-changed");
    assertThat(replaced.exitCode()).as(replaced.err()).isZero();
    assertThat(api.accepted).containsExactly("runs", "flies", "sleeps");
    assertThat(batch().exitCode()).isZero();
    assertThat(api.accepted).hasSize(3);
  }

  @Test
  void changedRowIsReplacedWhenItHasEnded() throws IOException {
    manifest("fox,hangs");
    assertThat(batch("--timeout", "1s").exitCode()).isEqualTo(3);
    manifest("fox,sleeps");

    Run running = batch("--replace-changed", "--timeout", "1s");
    assertThat(running.exitCode()).isEqualTo(3);
    assertThat(running.err()).contains("generation id-1 is still running");
    api.hangs = false;
    assertThat(batch("--replace-changed").exitCode()).isEqualTo(1);
    assertThat(batch("--replace-changed").exitCode()).isZero();

    assertThat(api.accepted).containsExactly("hangs", "sleeps");
  }

  @Test
  void unsentRowsThatAreNoLongerInTheManifestAreForgotten() throws IOException {
    manifest("a,1", "b,2");
    assertThat(batch("--max-credits", "100", "--accept-unknown-price").exitCode()).isEqualTo(3);
    manifest("a,1");

    Run run = batch();
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).startsWith("1 row, 1 done before\n");
    assertThat(api.accepted).containsExactly("1");
  }

  @Test
  void runningRowThatIsNoLongerInTheManifestIsFinished() throws IOException {
    manifest("a,hangs");
    assertThat(batch("--timeout", "1s").exitCode()).isEqualTo(3);
    api.hangs = false;
    manifest("b,2");

    Run run = batch();
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("no longer in the manifest, finished, as they may be paid for: a");
    assertThat(folder.resolve("out/a.mp4")).hasContent("video");
  }

  @Test
  void progressIsShownWhileABatchRuns() throws IOException {
    manifest("fox,runs", "owl,hangs");

    try (ForkedJvm run = forkBatch()) {
      run.awaitText("fox completed");
      run.awaitText("owl: generation");
      Run text = host.run("progress", "--out", "out");
      assertThat(text.exitCode()).as(text.err()).isZero();
      assertThat(text.out())
          .startsWith(
              "2 rows: 1 completed, 1 running\ncost: $0.0001 (200 credits)\ntime left: about ");
      JsonObject json =
          JsonParser.parseString(host.run("progress", "--out", "out", "--json").out())
              .getAsJsonObject();
      assertThat(json.get("completed").getAsInt()).isEqualTo(1);
      assertThat(json.get("creditsUsed").getAsInt()).isEqualTo(200);
      assertThat(json.get("usdSpent").getAsBigDecimal()).isEqualByComparingTo("0.0001");
    }
    Run none = host.run("progress", "--out", "nothing");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).isEqualTo("aiml-video: there is no batch in nothing\n");
    assertThat(folder.resolve("nothing")).doesNotExist();
  }

  @Test
  void fullDiskLosesNothing() throws IOException {
    manifest(
        IntStream.range(0, 8).mapToObj(i -> "row" + i + ",prompt " + i).toArray(String[]::new));
    api.video = "x".repeat(4_000_000);

    // at most so many KiB in a file: not enough for the database; for that, but not for a video
    for (int limit : List.of(8, 2000)) {
      try (ForkedJvm run = ForkedJvm.startLimited(limit, folder, Main.class, arguments("m.csv"))) {
        assertThat(run.exitCode()).as(limit + " KiB: " + run.err()).isEqualTo(5);
      }
    }

    assertThat(batch().exitCode()).isZero();
    assertThat(api.accepted).hasSize(8).doesNotHaveDuplicates();
    for (int i = 0; i < 8; i++)
      assertThat(folder.resolve("out/row" + i + ".mp4")).hasSize(4_000_000);
  }

  @Test
  void manyRowsNeedLittleMemoryAndFewThreads() throws IOException {
    manifest(IntStream.range(0, ROWS).mapToObj(i -> "r" + i + ",p" + i).toArray(String[]::new));

    try (ForkedJvm run =
        ForkedJvm.start(
            folder,
            "key",
            List.of("-Xmx32m", "-Duser.language=ar", "-Duser.country=EG"), // with other digits
            Main.class,
            arguments("m.csv", "--concurrency", "" + ROWS / 2))) {
      int threads = 0;
      while (run.isAlive()) threads = Math.max(threads, run.threads());
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(threads).as("those of the JVM, the client and the engine").isBetween(1, 75);
      assertThat(run.out().lines()).hasSize(ROWS).allMatch(line -> line.contains(" completed "));
      assertThat(run.err()).contains(ROWS + " rows, " + ROWS + " to create", ROWS + "00 credits)");
    }
    assertThat(folder.resolve("out/index.html"))
        .content()
        .contains("<strong>" + ROWS + " of " + ROWS + "</strong>", ROWS / 10 + ",000 credits")
        .doesNotContainPattern("[\u0660-\u0669]");
    assertThat(api.accepted).hasSize(ROWS);
  }

  private void manifest(String... rows) throws IOException {
    StringBuilder text = new StringBuilder("name,prompt,image_url\r\n");
    for (String row : rows) text.append(row).append(',').append(IMAGE).append("\r\n");
    Files.writeString(folder.resolve("m.csv"), text);
  }

  private Run batch(String... more) {
    return host.run(arguments("m.csv", more));
  }

  private ForkedJvm forkBatch(String... more) {
    return ForkedJvm.start(folder, "key", List.of(), Main.class, arguments("m.csv", more));
  }

  private String[] arguments(String manifest, String... more) {
    List<String> all = new ArrayList<>(List.of("batch", manifest, "--out", "out"));
    all.addAll(List.of("--base-url", api.url(), "--interval", "100ms"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
