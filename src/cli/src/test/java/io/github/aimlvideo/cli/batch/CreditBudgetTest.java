package io.github.aimlvideo.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.batch.FakeApi;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** --max-credits is kept, whatever the server reports as the cost; nothing is sent at a guess. */
@Execution(ExecutionMode.CONCURRENT)
class CreditBudgetTest {
  private static final String ACCEPT = "--accept-unknown-price";

  private final FakeApi api = new FakeApi();
  @TempDir private Path folder;
  private InProcessBatch batch;

  @BeforeEach
  void manifest() throws IOException {
    batch = new InProcessBatch(folder, api);
    batch.manifest("a,1", "b,2", "c,3");
  }

  @AfterEach
  void close() {
    api.close();
  }

  static Stream<String> notAnAmount() {
    return Stream.of(
        "1e999999999",
        "1e30000000",
        "1e13",
        "9".repeat(2000),
        "-1",
        "-1e999999999",
        "-0.000001",
        "0." + "0".repeat(5000) + "1",
        "1e-999999999",
        "1e-7",
        "NaN",
        "-Infinity",
        "\"NaN\"",
        "\"Infinity\"",
        "\"-100\"",
        "\"1e30000000\"",
        "\"many\"",
        "\"\"",
        "[-100]",
        "[]",
        "{}",
        "{\"credits_used\":100}",
        "true",
        "null");
  }

  @ParameterizedTest
  @MethodSource("notAnAmount")
  void otherNumberCountsAsNotTold(String credits) {
    api.credits = credits;

    InProcessBatch.Run limited = batch.run("--max-credits", "250", ACCEPT);

    assertThat(limited.exitCode()).as(limited.err()).isEqualTo(3);
    assertThat(limited.err())
        .contains("the cost of a create is not known, so the limit cannot be kept");
    assertThat(batch.run("--max-credits", "250", ACCEPT).exitCode()).as("again").isEqualTo(3);
    assertThat(batch.run("--max-credits", "250").exitCode()).as("not accepted").isEqualTo(2);
    assertThat(api.accepted).hasSize(1);

    InProcessBatch.Run free = batch.run("--json");
    assertThat(free.exitCode()).as(free.err()).isZero();
    assertThat(free.out().lines()).hasSize(3).noneMatch(row -> row.contains("creditsUsed"));
    assertThat(batch.out.resolve("index.html")).content().doesNotContain("Credits");
    assertThat(api.accepted).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"100", "100.0", "1e2", "\"100\"", "[100]", "99.99999999999999"})
  void amountCounts(String credits) {
    api.credits = credits;

    InProcessBatch.Run run = batch.run("--max-credits", "200", ACCEPT);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    assertThat(api.accepted).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e12", "1000000000000"})
  void greatestAmountIsSpent(String credits) {
    api.credits = credits;

    InProcessBatch.Run run = batch.run("--max-credits", "1", ACCEPT);

    assertThat(run.err())
        .contains(
            "stopped creating: the next create could exceed the limit: spent 1000000000000 of 1")
        .contains("warning: spent 1000000000000 of --max-credits 1\n");
    assertThat(api.accepted).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0.5", "1e3", "1000000000"})
  void nothingIsSentAtAnUnknownPrice(String limit) throws IOException {
    String plain = new BigDecimal(limit).toPlainString();

    InProcessBatch.Run run = batch.run("--max-credits", limit);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "aiml-video: --max-credits " + plain + " cannot be promised: the price of row 2 (a)")
        .endsWith("leave it out, or let --accept-unknown-price find out\n")
        .hasLineCount(1);
    assertThat(api.creates).hasValue(0);
    assertThat(batch.out).doesNotExist();
  }

  @Test
  void priceOfAnotherKindIsNotKnown() throws IOException {
    batch.manifest("a,1");
    assertThat(batch.run().exitCode()).isZero();
    Files.writeString(
        folder.resolve("m.csv"),
        """
        name,prompt,image_url,duration
        a,1,https://example.com/fox.jpg,
        b,2,https://example.com/owl.jpg,
        c,3,https://example.com/owl.jpg,10
        """);

    InProcessBatch.Run run = batch.run("--max-credits", "100000");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("the price of row 4 (c) is not known: its price is variable");
    assertThat(api.accepted).containsExactly("1");

    assertThat(batch.run("--max-credits", "100000", ACCEPT).exitCode()).isZero();
    assertThat(api.accepted).containsExactlyInAnyOrder("1", "2", "3");
  }

  @Test
  void priceOfAFailedRowIsKnown() throws IOException {
    batch.manifest("a,fails");
    assertThat(batch.run().exitCode()).isEqualTo(1);
    batch.manifest("a,1", "b,2");

    assertThat(batch.run("--max-credits", "199", "--retry-failed").exitCode()).isEqualTo(3);

    assertThat(api.accepted).as("the failed one was not charged").hasSize(2);
  }

  @Test
  void nothingLeftToCreateNeedsNoPrice() {
    api.credits = "null";
    assertThat(batch.run().exitCode()).isZero();

    assertThat(batch.run("--max-credits", "1").exitCode()).isZero();
  }

  @Test
  void removedRowsOfUnknownCostAreNotFree() throws IOException {
    api.credits = "null";
    assertThat(batch.run().exitCode()).isZero();
    api.credits = "100";
    batch.manifest("d,4");
    assertThat(batch.run().exitCode()).isZero();
    batch.manifest("d,4", "e,5");

    InProcessBatch.Run run = batch.run("--max-credits", "499");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("could exceed the limit: spent 400 of 499");
    assertThat(api.accepted).hasSize(4);
    assertThat(batch.run("--max-credits", "500").exitCode()).isZero();
  }

  @Test
  void unknownCostOfEarlierRowsCannotBeFoundOut() throws IOException {
    api.credits = "null";
    batch.manifest("a,1");
    assertThat(batch.run().exitCode()).isZero();
    batch.manifest("a,1", "b,2");

    InProcessBatch.Run run = batch.run("--max-credits", "100000");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "aiml-video: --max-credits 100000 cannot be promised: the cost of earlier rows is not"
                + " known; leave it out\n");
    assertThat(batch.run("--max-credits=100000", ACCEPT, "--dry-run").exitCode()).isEqualTo(3);
    assertThat(batch.run("--max-credits=100000", ACCEPT).exitCode()).isEqualTo(3);
    assertThat(batch.run("--max-credits=100000", "--dry-run").exitCode()).isEqualTo(2);
    assertThat(api.accepted).hasSize(1);
  }

  @Test
  void resumeCommandOfAnUnknownCostHasNoLimit() throws IOException {
    api.credits = "null";
    batch.manifest("a,1", "b,2");

    String err = batch.run("--max-credits=100000", ACCEPT).err();

    assertThat(err).contains("to create the other row without a limit:\n");
    assertThat(err.substring(err.indexOf("limit:\n"))).doesNotContain("--max-credits");
  }

  @Test
  void createsWithoutResponsesDoNotDefeatTheLimit() throws IOException {
    batch.manifest("a,is lost", "b,is lost too", "c,3");

    for (int run = 0; run < 3; run++)
      assertThat(batch.run("--max-credits", "250", ACCEPT).exitCode()).isEqualTo(3);

    assertThat(api.accepted).hasSize(1);
  }
}
