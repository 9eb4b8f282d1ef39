package io.github.aimlvideo.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.aimlvideo.batch.FakeApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** --max-usd and --dry-run: a create costs 100 credits, which are 0.00005 dollars. */
@Execution(ExecutionMode.CONCURRENT)
class DollarBudgetTest {
  private final FakeApi api = new FakeApi();
  @TempDir private Path folder;
  private InProcessBatch batch;

  @BeforeEach
  void manifest() throws IOException {
    batch = new InProcessBatch(folder, api);
    batch.manifest("a,1", "b,2", "c,3");
    api.catalog.setPrice("0.00005");
    api.catalog.setBalance("0.0002");
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void stopsBeforeTheRowThatWouldPassTheLimit() throws IOException {
    InProcessBatch.Run run = batch.run("--max-usd", "0.00012", "--json");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    assertThat(run.err())
        .contains("the next create could exceed the limit: spent $0.0001 of $0.00012\n")
        .contains("2 completed, 1 unsent; cost: $0.0001 (200 credits)\n")
        .contains("to create the other row too:\n")
        .contains("--max-usd 0.00015\n");
    JsonObject first =
        JsonParser.parseString(run.out().lines().findFirst().get()).getAsJsonObject();
    assertThat(first.get("usdSpent").getAsBigDecimal()).isEqualByComparingTo("0.00005");
    assertThat(batch.out.resolve("index.html")).content().contains("200 credits ($0.0001)");
    assertThat(api.accepted).hasSize(2);

    assertThat(batch.run("--max-usd", "0.00015").exitCode()).isZero();
  }

  @Test
  void firstRowIsIncluded() {
    assertThat(batch.run("--max-usd", "0.00004").exitCode()).isEqualTo(3);

    assertThat(api.creates).hasValue(0);
  }

  @Test
  void unknownPriceIsToldBeforeAnythingIsMade() {
    api.catalog.setStatus(500);

    InProcessBatch.Run run = batch.run("--max-usd", "2.50");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("aiml-video: --max-usd 2.50 cannot be promised: the price of row 2 (a) is not")
        .contains("is not known: the catalogue cannot be read: ")
        .hasLineCount(1);
    assertThat(batch.out).doesNotExist();
    assertThat(api.creates).hasValue(0);
  }

  @Test
  void unknownPriceIsToldBeforeAnythingIsChanged() throws IOException {
    batch.manifest("a,1", "b,fails");
    assertThat(batch.run().exitCode()).isEqualTo(1);
    Map<Path, String> before = contents();
    Files.writeString(
        folder.resolve("m.csv"),
        """
        name,prompt,image_url,duration
        a,another,https://example.com/fox.jpg,10
        b,fails,https://example.com/fox.jpg,
        c,3,https://example.com/fox.jpg,
        """);
    api.catalog.setStatus(500);

    InProcessBatch.Run run = batch.run("--replace-changed", "--retry-failed", "--max-usd", "1");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains("the price of row 2 (a) is not known").hasLineCount(1);
    assertThat(contents()).isEqualTo(before);
    assertThat(batch.run("--replace-changed", "--dry-run").out()).contains("2 to create");
  }

  @Test
  void priceOtherThanQuotedIsTold() {
    api.catalog.setPrice("0.000025");

    InProcessBatch.Run run = batch.run("--max-usd", "1");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .containsOnlyOnce("warning: row a: quoted $0.000025, charged $0.00005; the limit counts");
  }

  @ParameterizedTest
  @CsvSource({
    "0, must be at least 0.000001: 0",
    "-1, must be at least 0.000001: -1",
    "1e-999999999, must be at least 0.000001: 1E-999999999",
    "1e999999999, must be at most 1e15: 1E+999999999",
  })
  void limitMustBeAnAmount(String limit, String problem) {
    InProcessBatch.Run run = batch.run("--max-usd=" + limit);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("aiml-video: --max-usd " + problem + "\n");
  }

  @Test
  void dryRunShowsWhatRowsWouldCost() {
    InProcessBatch.Run run = batch.run("--dry-run");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo(
            """
            3 rows, 3 to create
            cost: $0.00015
            balance: $0.0002, which suffices
            """);
    assertThat(batch.out).doesNotExist();
    assertThat(api.creates).hasValue(0);
  }

  @Test
  void dryRunOfAnUnfinishedBatchChangesNothing() throws IOException {
    assertThat(batch.run("--max-usd", "0.00005").exitCode()).isEqualTo(3);
    Map<Path, String> before = contents();

    InProcessBatch.Run run = batch.run("--dry-run", "--max-usd", "0.0001");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    assertThat(run.out())
        .isEqualTo(
            """
            3 rows, 2 to create, 1 not
            cost: $0.0001
            balance: $0.0002, which suffices
            limit: $0.00015 of --max-usd 0.0001, which does not suffice
            """);
    assertThat(contents()).isEqualTo(before);
  }

  private Map<Path, String> contents() throws IOException {
    Map<Path, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(batch.out)) {
      files.filter(Files::isRegularFile).forEach(file -> contents.put(file, content(file)));
    }
    return contents;
  }

  private static String content(Path file) {
    try {
      return Files.getLastModifiedTime(file)
          + " "
          + java.util.Arrays.hashCode(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void dryRunNamesRowsOfUnknownPrice() throws IOException {
    api.catalog.setPriceOfFiveSeconds("0.00005");
    Files.writeString(
        folder.resolve("m.csv"),
        """
        name,prompt,image_url,duration
        a,1,https://example.com/fox.jpg,5
        b,2,https://example.com/owl.jpg,10
        """);

    InProcessBatch.Run run = batch.run("--dry-run", "--max-usd", "1");

    assertThat(run.exitCode()).as(run.out()).isEqualTo(2);
    assertThat(run.out())
        .startsWith("2 rows, 2 to create\ncost: at least $0.00005 for 1 row\n")
        .contains("price unknown: row 3 (b): ")
        .endsWith(
            "limit: at least $0.00005 of --max-usd 1, and it is unknown whether that suffices\n");
  }

  @Test
  void dryRunPrintsOneObject() {
    api.catalog.setBalance("0.0001");

    InProcessBatch.Run run = batch.run("--dry-run", "--json", "--max-credits", "300");

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(json.get("toCreate").getAsInt()).isEqualTo(3);
    assertThat(json.get("maxUsd").getAsBigDecimal()).isEqualByComparingTo("0.00015");
    assertThat(json.get("minCredits").getAsInt()).isEqualTo(300);
    assertThat(json.getAsJsonArray("unknownPrices")).isEmpty();
    assertThat(json.getAsJsonObject("balance").get("suffices").getAsBoolean()).isFalse();
    assertThat(json.getAsJsonObject("limit").get("suffices").getAsBoolean()).isTrue();
  }

  @Test
  void dryRunGoesOnWithoutCatalogueAndBalance() {
    api.catalog.setStatus(401);
    api.catalog.setBalance(null);

    InProcessBatch.Run run = batch.run("--dry-run");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("price unknown: row 2 (a), row 3 (b), row 4 (c): the catalogue cannot be read: ")
        .contains("balance: unknown: ");
  }

  @Test
  void dryRunRefusesWhatARunRefuses() throws IOException {
    assertThat(batch.run().exitCode()).isZero();
    batch.manifest("a,changed", "b,2", "c,3");

    InProcessBatch.Run run = batch.run("--dry-run");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("row 2 (a): another request was sent under this name");
    assertThat(run.out()).startsWith("3 rows, 0 to create, 3 not\n");
    assertThat(batch.run("--dry-run", "--replace-changed").out())
        .startsWith("3 rows, 1 to create, 2 not\ncost: $0.00005\n");
  }
}
