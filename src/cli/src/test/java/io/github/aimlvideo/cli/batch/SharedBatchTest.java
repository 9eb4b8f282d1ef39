package io.github.aimlvideo.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.aimlvideo.batch.FakeApi;
import io.github.aimlvideo.cli.CommandHost;
import io.github.aimlvideo.cli.CommandHost.Run;
import io.github.aimlvideo.cli.Main;
import io.github.aimlvideo.cli.fixture.ForkedJvm;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches in PostgreSQL, and the workers that join in. */
@Execution(ExecutionMode.CONCURRENT)
class SharedBatchTest {
  private static EmbeddedPostgres postgres;
  private static String url;

  private final FakeApi api = new FakeApi();
  private final CommandHost host = CommandHost.take();
  private final Path folder = host.folder();
  private final String name = UUID.randomUUID().toString();

  /** On the server that the environment names, or on one of its own. */
  @BeforeAll
  static void startPostgres() throws IOException {
    url = System.getenv("AIML_VIDEO_TEST_DB");
    if (url != null) return;
    postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    url = postgres.getJdbcUrl("postgres", "postgres");
  }

  @AfterAll
  static void stopPostgres() throws IOException {
    if (postgres != null) postgres.close();
  }

  @AfterEach
  void close() {
    api.close();
    host.close();
  }

  @Test
  void everyRowGetsItsVideo() throws IOException {
    manifest("fox,runs", "owl,fails");

    Run run = host.run(batch());
    assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
    assertThat(run.out().lines())
        .containsExactlyInAnyOrder("fox completed out/fox.mp4", "owl failed");
    assertThat(folder.resolve("out/fox.mp4")).hasContent("video");
    assertThat(folder.resolve("out/batch.db")).doesNotExist();

    api.ledger.charge("elsewhere", 50);
    Run audit = host.run(audit());
    assertThat(audit.exitCode()).as(audit.err()).isZero();
    assertThat(audit.err())
        .startsWith("2 generations: 1 not charged yet; 1 ok\n")
        .contains("other generations of the account: 1 charge");

    Run again = host.run(batch("--retry-failed"));
    assertThat(again.err()).startsWith("2 rows, 1 done before, 1 to create\n");
    assertThat(api.accepted).containsExactlyInAnyOrder("runs", "fails", "fails");
  }

  @Test
  void workersShareTheRows() throws IOException {
    manifest(IntStream.range(0, 30).mapToObj(i -> "r" + i + ",p" + i).toArray(String[]::new));

    try (ForkedJvm one = fork(worker("one"));
        ForkedJvm two = fork(worker("two"))) {
      one.awaitText("working on batch " + name);
      two.awaitText("working on batch " + name);
      Run run = host.run(batch("--concurrency", "6"));
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out().lines()).hasSize(30).allMatch(line -> line.contains(" completed "));
      for (ForkedJvm worker : List.of(one, two)) {
        worker.signal("TERM");
        assertThat(worker.exitCode()).as(worker.err()).isEqualTo(143);
        assertThat(worker.out().lines()).allMatch(line -> line.contains(" completed "));
      }
    }
    assertThat(api.accepted).hasSize(30).doesNotHaveDuplicates();
    long byWorkers = videos("one") + videos("two");
    assertThat(byWorkers).isPositive(); // one of them may be slow
    assertThat(videos("out") + byWorkers).isEqualTo(30);
    assertThat(Files.readAllLines(folder.resolve("out/results.jsonl")))
        .filteredOn(
            row ->
                row.contains(folder.resolve("one") + "/")
                    || row.contains(folder.resolve("two") + "/"))
        .hasSize((int) byWorkers);
  }

  @Test
  void workerResumesWhatABatchLeftAndEndsWhenAllIsDone() throws IOException {
    manifest("fox,hangs", "owl,hangs");
    try (ForkedJvm ended = fork(batch())) {
      ended.awaitText("owl: generation id-");
      ended.awaitText("fox: generation id-");
      ended.signal("TERM");
      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(143);
    }
    api.hangs = false;

    Run run = host.run(worker("one", "--until-done", "--json"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonObject row = JsonParser.parseString(run.out().lines().toList().get(0)).getAsJsonObject();
    assertThat(row.get("file").getAsString()).startsWith("one/");
    assertThat(api.accepted).hasSize(2);
    assertThat(videos("one")).isEqualTo(2);
  }

  @Test
  void workersKeepTheBudgetOfTheBatch() throws IOException {
    manifest("fox,runs", "owl,flies");
    api.catalog.setPrice("0.00005");
    assertThat(host.run(batch("--max-usd", "0.00001")).exitCode()).isEqualTo(3);
    api.catalog.setVariable();
    assertThat(host.run(batch("--max-usd", "1")).exitCode()).as("unknown price").isEqualTo(2);
    Run worker = host.run(worker("one", "--max-usd", "1"));
    assertThat(worker.exitCode()).isEqualTo(2);
    assertThat(worker.err())
        .contains("--max-usd 1 cannot be promised: the price of row fox is not known: its price");
    api.catalog.setPrice("0.00005");

    assertThat(host.run(batch("--max-usd", "0.00006")).exitCode()).isEqualTo(3);
    Run limited = host.run(worker("one", "--max-usd", "0.00006", "--until-done"));
    assertThat(limited.exitCode()).isEqualTo(3);
    assertThat(limited.err()).contains("could exceed the limit: spent $0.00005 of $0.00006");

    Run dryRun = host.run(batch("--dry-run"));
    assertThat(dryRun.out()).startsWith("2 rows, 1 to create, 1 not\ncost: $0.00005\nbalance: ");
    assertThat(api.accepted).hasSize(1);
  }

  @Test
  void unknownPriceIsToldBeforeAnythingIsChanged() throws IOException {
    manifest("fox,runs");
    assertThat(host.run(batch()).exitCode()).isZero();
    Files.writeString(
        folder.resolve("m.csv"),
        """
        name,prompt,image_url,duration
        fox,flies,https://example.com/fox.jpg,10
        owl,flies,https://example.com/fox.jpg,
        """);

    Run refused = host.run(batch("--replace-changed", "--max-usd", "1"));

    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err()).contains("the price of row 2 (fox) is not known").hasLineCount(1);
    assertThat(host.run(progress()).out()).startsWith("1 rows: 1 completed\n");
  }

  @Test
  void rowsOfAnotherManifestAreKept() throws IOException {
    manifest("fox,runs");
    api.catalog.setPrice("0.00005");
    assertThat(host.run(batch("--max-usd", "0.00001")).exitCode()).isEqualTo(3);
    manifest("owl,flies");

    api.catalog.setVariable();
    Run refused = host.run(batch("--max-usd", "1"));
    assertThat(refused.err()).contains("the price of row").hasLineCount(1);
    assertThat(host.run(progress()).out()).startsWith("1 rows: 1 unsent\n");

    Run run = host.run(batch());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("warning: rows not in the manifest, created too, as the batch is shared: fox\n");
    assertThat(api.accepted).containsExactlyInAnyOrder("runs", "flies");
  }

  @Test
  void rowThatAnotherProgramRemovesIsToldAsUnsent() throws Exception {
    manifest("fox,hangs", "owl,flies");
    try (ForkedJvm run = fork(batch("--concurrency", "1"))) {
      run.awaitText("fox: generation");
      try (Connection connection = DriverManager.getConnection(url);
          PreparedStatement remove =
              connection.prepareStatement(
                  "delete from video_rows where batch = ? and row_key = 'owl'")) {
        remove.setString(1, name);
        assertThat(remove.executeUpdate()).isEqualTo(1);
      }
      api.hangs = false;

      assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
      assertThat(run.out()).contains("owl unsent");
    }
  }

  @Test
  void progressCountsWhatOthersDo() throws IOException {
    manifest("fox,runs", "owl,hangs", "cat,hangs");

    try (ForkedJvm run = fork(batch("--concurrency", "2"))) {
      run.awaitText("fox completed");
      run.awaitText("cat: generation");
      Run text = host.run("progress", "--db", url, "--batch", name);
      assertThat(text.exitCode()).as(text.err()).isZero();
      assertThat(text.out())
          .startsWith(
              "3 rows: 1 completed, 2 running\ncost: $0.00015 (300 credits)\ntime left: about ");
    }
    assertThat(host.run("progress", "--db", url, "--batch", "another").exitCode()).isEqualTo(2);
  }

  @Test
  void databaseIsReadWhereAFolderIsNamedToo() throws IOException {
    manifest("fox,runs");
    assertThat(host.run(batch()).exitCode()).isZero();

    for (String command :
        List.of("progress --out out", "audit --out out --base-url " + api.url())) {
      List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
      arguments.addAll(List.of("--batch", name));
      try (ForkedJvm run =
          ForkedJvm.startWithVariable(
              "AIML_VIDEO_DB=" + url, folder, Main.class, arguments.toArray(String[]::new))) {
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out() + run.err())
            .containsAnyOf("1 rows: 1 completed", "1 generation: 1 not charged yet");
      }
      arguments.addAll(List.of("--db", url));
      Run option = host.run(arguments.toArray(String[]::new));
      assertThat(option.exitCode()).as(option.err()).isZero();
    }
  }

  @Test
  void passwordIsNeverShown() throws IOException {
    manifest("fox,hangs");
    String secret = url + (url.contains("?") ? "&" : "?") + "password=SECRET";

    try (ForkedJvm run = fork(withDatabase(secret, batch("--verbose")))) {
      run.awaitText("fox: generation");
      run.signal("INT");
      assertThat(run.exitCode()).isEqualTo(130);
      assertThat(run.out() + run.err()).doesNotContain("SECRET");
      assertThat(run.err())
          .contains("set AIML_VIDEO_DB to the URL of the database, then resume with:\n")
          .contains("aiml-video batch m.csv --out out ")
          .doesNotContain("--db");
    }
    try (ForkedJvm run =
        ForkedJvm.startWithVariable(
            "AIML_VIDEO_DB=" + secret, folder, Main.class, "progress", "--batch", name)) {
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).startsWith("1 rows: 1 running");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://127.0.0.1:1/x?user=me&password=SECRET",
        "jdbc:postgresql://me:SECRET@127.0.0.1:1/x",
        "jdbc:postgresql://127.0.0.1:SECRET/x",
        "jdbc:mysql://127.0.0.1/x?password=SECRET",
        "SECRET",
      })
  void databaseThatCannotBeUsedIsOneLine(String wrong) throws IOException {
    manifest("fox,runs");

    for (String[] command : List.of(batch(), worker("one"), progress(), audit())) {
      Run run = host.run(withDatabase(wrong, command));
      assertThat(run.exitCode()).as(run.err()).isIn(2, 5);
      assertThat(run.err()).hasLineCount(1).startsWith("aiml-video: ");
      assertThat(run.out() + run.err()).doesNotContain("SECRET", "Exception");
    }
    assertThat(api.creates).hasValue(0);
  }

  @Test
  void workerNeedsADatabase() {
    Run run = host.run("worker", "--out", "one");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("aiml-video: missing --db").hasLineCount(1);
  }

  private long videos(String name) throws IOException {
    if (!Files.exists(folder.resolve(name))) return 0;
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files.filter(file -> file.toString().endsWith(".mp4")).count();
    }
  }

  private void manifest(String... rows) throws IOException {
    StringBuilder text = new StringBuilder("name,prompt,image_url\n");
    for (String row : rows) text.append(row).append(",https://example.com/fox.jpg\n");
    Files.writeString(folder.resolve("m.csv"), text);
  }

  private ForkedJvm fork(String... arguments) {
    return ForkedJvm.start(folder, "key", List.of(), Main.class, arguments);
  }

  private String[] batch(String... more) {
    return command(List.of("batch", "m.csv", "--out", "out"), more);
  }

  private String[] worker(String out, String... more) {
    return command(List.of("worker", "--out", out), more);
  }

  private String[] progress() {
    return new String[] {"progress", "--db", url, "--batch", name};
  }

  private String[] audit() {
    return new String[] {"audit", "--db", url, "--batch", name, "--base-url", api.url()};
  }

  private String[] command(List<String> words, String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--db", url, "--batch", name, "--base-url", api.url()));
    all.addAll(List.of("--interval", "100ms"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static String[] withDatabase(String url, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.set(all.indexOf("--db") + 1, url);
    return all.toArray(String[]::new);
  }
}
