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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Audits as a user runs them. */
@Execution(ExecutionMode.CONCURRENT)
class AuditTest {
  private final FakeApi api = new FakeApi();
  private final CommandHost host = CommandHost.take();
  private final Path folder = host.folder();

  @AfterEach
  void close() {
    api.close();
    host.close();
  }

  @Test
  void batchThatIsChargedAsItShouldBeIsWell() throws IOException {
    batch("fox,runs", "owl,fails");
    api.ledger.charge(id("fox"), 100);
    api.ledger.charge("other", 50);

    Run run = audit("--out", "out");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            """
            2 generations: 2 ok
            charged: $0.00005 (100 credits)
            other generations of the account: 1 charge, $0.000025 (50 credits)
            """);
  }

  @Test
  void problemsComeFirstWithWhatHelps() throws IOException {
    batch("fox,runs", "owl,fails", "cat,sleeps", "bat,flies", "elk,walks");
    api.ledger.charge(id("fox"), 100);
    api.ledger.charge(id("fox"), 100);
    api.ledger.charge(id("owl"), 100);
    api.ledger.charge(id("cat"), 100);
    api.ledger.charge(id("elk"), 150);
    Files.delete(folder.resolve("out/cat.mp4"));

    Run run = audit("--out", "out");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
    String server = " --base-url " + api.url();
    List<String> lines = run.out().lines().toList();
    assertThat(lines.subList(0, 4))
        .containsExactly(
            row("charged twice", "fox", "$0.0001", "$0.00005", "claim back $0.00005"),
            row(
                "charged although failed",
                "owl",
                "$0.00005",
                "$0.00005",
                "claim back $0.00005; aiml-video status " + id("owl") + server),
            row(
                "charged, video not saved",
                "cat",
                "$0.00005",
                "$0.00005",
                "aiml-video wait " + id("cat") + " -o out/cat.mp4" + server),
            row(
                "charged other than reported",
                "elk",
                "$0.000075",
                "$0.00005",
                "claim back $0.000025"));
    assertThat(lines.get(4)).startsWith("not charged yet, after 0 min").contains("\tbat\t");
    assertThat(lines).hasSize(5);
    assertThat(run.err())
        .startsWith(
            "5 generations: 1 charged twice; 1 charged although failed; 1 charged, video not saved;"
                + " 1 charged other than reported; 1 not charged yet\n"
                + "charged: $0.000275 (550 credits)\n");

    assertThat(audit("--out", "out", "--quiet").err()).isEmpty();
  }

  private String row(String verdict, String row, String charged, String reported, String help)
      throws IOException {
    return String.join("\t", verdict, row, id(row), charged, reported, help);
  }

  @Test
  void commandThatFetchesAVideoDoes() throws IOException {
    batch("fox,runs");
    api.ledger.charge(id("fox"), 100);
    Files.delete(folder.resolve("out/fox.mp4"));
    String command = audit("--out", "out").out().strip().replaceFirst("(?s).*\taiml-video ", "");

    Run fetch = host.run(command.split(" "));

    assertThat(fetch.exitCode()).as(fetch.err()).isZero();
    assertThat(folder.resolve("out/fox.mp4")).hasContent("video");
    assertThat(audit("--out", "out").exitCode()).isZero();
  }

  @Test
  void refundMakesItWell() throws IOException {
    batch("owl,fails");
    api.ledger.charge(id("owl"), 100);
    api.ledger.refund(id("owl"), 100);

    Run run = audit("--out", "out");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("1 ok", "refunded: $0.00005 (100 credits)");
  }

  @Test
  void jsonHasEveryGenerationAndItsEntries() throws IOException {
    batch("fox,runs", "owl,flies");
    api.ledger.charge(id("fox"), 100);
    api.ledger.charge(id("fox"), 100);
    api.ledger.charge(id("owl"), 100);

    Run run = audit("--out", "out", "--json");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
    JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(json.get("well").getAsBoolean()).isFalse();
    assertThat(json.get("usdCharged").getAsBigDecimal()).isEqualByComparingTo("0.00015");
    assertThat(json.getAsJsonObject("counts").get("charged-twice").getAsInt()).isEqualTo(1);
    JsonObject fox = json.getAsJsonArray("generations").get(0).getAsJsonObject();
    assertThat(fox.get("verdict").getAsString()).isEqualTo("charged-twice");
    assertThat(fox.get("row").getAsString()).isEqualTo("fox");
    assertThat(fox.get("creditsReported").getAsInt()).isEqualTo(100);
    assertThat(fox.getAsJsonArray("transactions")).hasSize(2);
    JsonObject owl = json.getAsJsonArray("generations").get(1).getAsJsonObject();
    assertThat(owl.get("verdict").getAsString()).isEqualTo("ok");
  }

  @Test
  void batchThatRunsIsReadBesideIt() throws IOException {
    manifest("fox,hangs");
    try (ForkedJvm run =
        ForkedJvm.start(folder, "key", List.of(), Main.class, command("batch", "m.csv"))) {
      run.awaitText("fox: generation");
      Run audit = audit("--out", "out");
      assertThat(audit.exitCode()).as(audit.err()).isZero();
      assertThat(audit.err()).startsWith("1 generation: 1 running\n");
    }
  }

  // an account without a batch

  @ParameterizedTest
  @CsvSource({"3, 0", "30, 1"})
  void lateChargeOfAnAccountNeedsAttentionAfterADay(int hours, int exitCode) {
    api.logs =
        """
        {"data": [{"created": "%s", "status": "succeeded", "inference_id": "abc",
          "cost": {"usd": 0.28, "credits": 560000}}], "pagination": {"has_more": false}}
        """
            .formatted(Instant.now().minus(Duration.ofHours(hours).plusMinutes(1)));

    Run run = audit("--since", "7d");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    assertThat(run.out()).startsWith("not charged yet, after " + hours + " h\t");
  }

  @Test
  void accountIsAuditedWithoutABatch() throws IOException {
    batch("fox,runs", "owl,fails");
    api.ledger.charge(id("fox"), 100);
    api.ledger.charge(id("owl"), 100);
    api.ledger.charge("elsewhere", 70, Duration.ofHours(30));

    api.ledger.charge("recent", 70);
    String failed = id("owl");

    Run run = audit("--since", "2d");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
    assertThat(run.out().lines())
        .hasSize(3)
        .anyMatch(line -> line.matches("unknown\\t.*recent.*\\tthe logs do not list it yet"))
        .anyMatch(line -> line.startsWith("charge without a row\t\telsewhere\t$0.000035\t"))
        .anyMatch(line -> line.startsWith("charged although failed\t\t" + failed));
  }

  // what goes wrong

  @ParameterizedTest
  @CsvSource({"401, 4", "403, 4", "400, 5"})
  void ledgerThatIsRefusedIsOneLine(int status, int exitCode) throws IOException {
    batch("fox,runs");
    api.ledger.response = FakeApi.problem(status, "no");

    Run run = audit("--out", "out");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    assertThat(run.err()).hasLineCount(1).startsWith("aiml-video: ").contains("no");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void ledgerThatEndsInTheMiddleIsNoAudit() throws IOException {
    batch("fox,runs");
    for (int i = 0; i < 3; i++) api.ledger.charge(id("fox"), 100);
    api.ledger.endsInTheMiddle = true;

    Run run = audit("--out", "out", "--json");

    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).hasLineCount(1).contains("the ledger breaks off after 2 entries");
    JsonObject error = JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonObject("error");
    assertThat(error.get("message").getAsString()).contains("breaks off after 2 entries");
  }

  @Test
  void ledgerThatIsNoJsonIsNoAudit() throws IOException {
    batch("fox,runs");
    api.ledger.response = new MockResponse.Builder().body("<html>").build();

    Run run = audit("--since", "1d");

    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--out out --since 7d",
        "--out out --batch x",
        "--db jdbc:postgresql:x --since 7d",
        "--out nothing",
        "--batch x",
        "--since 93d",
        "--since 1s",
        "--since soon",
        "--db nonsense",
      })
  void wrongUsageIsOneLine(String arguments) {
    Run run = audit(arguments.isEmpty() ? new String[0] : arguments.split(" "));

    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).startsWith("aiml-video: ").doesNotContain("Exception");
  }

  @Test
  void batchOfAnotherServerIsRefused() throws IOException {
    batch("fox,runs");

    Run run = host.run("audit", "--out", "out", "--base-url", "http://127.0.0.1:1");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("belongs to the server " + api.url()).hasLineCount(1);
  }

  private void manifest(String... rows) throws IOException {
    StringBuilder text = new StringBuilder("name,prompt,image_url\n");
    for (String row : rows) text.append(row).append(",https://example.com/fox.jpg\n");
    Files.writeString(folder.resolve("m.csv"), text);
  }

  private void batch(String... rows) throws IOException {
    manifest(rows);
    Run run = host.run(command("batch", "m.csv"));
    assertThat(run.err()).contains("out/index.html");
  }

  private String[] command(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--out", "out", "--base-url", api.url(), "--interval", "100ms"));
    return all.toArray(String[]::new);
  }

  private Run audit(String... arguments) {
    List<String> all = new ArrayList<>(List.of("audit", "--base-url", api.url()));
    all.addAll(List.of(arguments));
    return host.run(all.toArray(String[]::new));
  }

  /** The generation of a row. */
  private String id(String row) throws IOException {
    for (String line : Files.readAllLines(folder.resolve("out/results.jsonl"))) {
      JsonObject result = JsonParser.parseString(line).getAsJsonObject();
      if (result.get("name").getAsString().equals(row)) return result.get("id").getAsString();
    }
    throw new AssertionError(row);
  }
}
