package io.github.aimlvideo.batch;

import static io.github.aimlvideo.batch.BatchFixture.request;
import static io.github.aimlvideo.batch.BatchFixture.requests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.batch.BatchStop.Reason;
import io.github.aimlvideo.batch.fixture.Where;
import io.github.aimlvideo.batch.internal.store.Timing;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A budget is never passed, whatever catalogue and server say. 100 credits are 0.00005 dollars. */
class BudgetTest {
  private static final String USD_100 = "0.00005";

  @TempDir private Path folder;
  private BatchFixture fixture;
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final BatchListener listener =
      new BatchListener() {
        @Override
        public void onWarning(String message) {
          warnings.add(message);
        }
      };

  @AfterEach
  void close() {
    fixture.close();
  }

  private VideoBatchBuilder credits(int credits) {
    return fixture.builder().listener(listener).maxCredits(BigDecimal.valueOf(credits));
  }

  private VideoBatchBuilder usd(String usd) {
    return fixture.builder().listener(listener).maxUsd(new BigDecimal(usd));
  }

  private static BatchStop runAll(VideoBatch batch, int rows) throws InterruptedException {
    batch.addAll(requests(rows));
    return batch.run().stopped().orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void quoteIsThePriceOfTheFirstRowToo(Where where) throws InterruptedException {
    fixture = new BatchFixture(where, folder);
    fixture.api.catalog.setPrice(USD_100);

    try (VideoBatch batch = usd("0.000125").build()) {
      BatchStop stop = runAll(batch, 4);

      assertThat(stop.reason()).isEqualTo(Reason.CREDITS);
      assertThat(stop.message())
          .isEqualTo("the next create could exceed the limit: spent $0.0001 of $0.000125");
      assertThat(batch.creditsForNewRows().orElseThrow()).isEqualByComparingTo("400");
    }
    assertThat(fixture.api.accepted).hasSize(2);
    assertThat(warnings).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsSentIfTheFirstRowCostsTooMuch(Where where) throws InterruptedException {
    fixture = new BatchFixture(where, folder);
    fixture.api.catalog.setPrice(USD_100);

    try (VideoBatch batch = credits(99).build()) {
      assertThat(runAll(batch, 2).message()).endsWith("spent 0 of 99");
    }
    assertThat(fixture.api.creates).hasValue(0);
  }

  @ParameterizedTest
  @EnumSource
  void lowerOneOfTwoLimitsHolds(Where where) throws InterruptedException {
    fixture = new BatchFixture(where, folder);
    fixture.api.catalog.setPrice(USD_100);

    try (VideoBatch batch = credits(150).maxUsd(BigDecimal.ONE).build()) {
      assertThat(runAll(batch, 3).message()).endsWith("spent 100 of 150");
    }
    try (VideoBatch batch = credits(1000).maxUsd(new BigDecimal("0.0001")).build()) {
      assertThat(runAll(batch, 3).message()).endsWith("spent $0.0001 of $0.0001");
    }
    assertThat(fixture.api.accepted).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void quotedRowsAreSentTogetherOnceOneIsAccepted(Where where) throws InterruptedException {
    fixture = new BatchFixture(where, folder);
    fixture.api.catalog.setPrice(USD_100);
    fixture.api.credits = "null"; // the quote is all that is known
    CountDownLatch together = new CountDownLatch(3);
    fixture.api.before =
        prompt -> {
          if (!prompt.equals("p0")) together.countDown();
          return prompt.equals("p0") || reached(together) ? null : FakeApi.problem(400, "alone");
        };

    try (VideoBatch batch = credits(400).build()) {
      batch.addAll(requests(4));

      assertThat(batch.run().isComplete()).isTrue();
    }
  }

  private static boolean reached(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource
  void chargeAboveTheQuoteIsToldOnceAndCounted(Where where) throws InterruptedException {
    fixture = new BatchFixture(where, folder);
    fixture.api.catalog.setPrice("0.000025");

    try (VideoBatch batch = credits(350).build()) {
      assertThat(runAll(batch, 10).message()).endsWith("spent 300 of 350");
    }
    assertThat(fixture.api.accepted).hasSize(3);
    assertThat(warnings)
        .containsExactly("row r0: quoted 50, charged 100; the limit counts what is charged");
  }

  @ParameterizedTest
  @EnumSource
  void chargeBelowTheQuoteLeavesMore(Where where) throws InterruptedException {
    fixture = new BatchFixture(where, folder);
    fixture.api.catalog.setPrice("0.0001");

    try (VideoBatch batch = usd("0.0002").maxInFlight(1).build()) {
      runAll(batch, 10);

      assertThat(batch.summary().cost()).isEqualTo(Cost.ofUsd(new BigDecimal("0.00015")));
    }
    assertThat(warnings)
        .containsExactly(
            "row r0: quoted $0.0001, charged $0.00005; the limit counts what is charged");
  }

  @ParameterizedTest
  @EnumSource
  void costThatTheServerDoesNotTellIsTheQuote(Where where) throws InterruptedException {
    fixture = new BatchFixture(where, folder);
    fixture.api.catalog.setPrice(USD_100);
    fixture.api.credits = "null";

    try (VideoBatch batch = credits(250).build()) {
      assertThat(runAll(batch, 4).message()).endsWith("spent 200 of 250");
    }
    try (VideoBatch batch = credits(250).build()) {
      assertThat(batch.run().stopped().orElseThrow().message()).endsWith("spent 200 of 250");
    }
    assertThat(fixture.api.accepted).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void costThatComesLaterIsTheQuote(Where where) throws InterruptedException {
    fixture = new BatchFixture(where, folder);
    fixture.api.catalog.setPrice(USD_100);
    fixture.api.credits = "0";

    try (VideoBatch batch = credits(250).build()) {
      assertThat(runAll(batch, 4).message()).endsWith("spent 200 of 250");
      assertThat(batch.summary().unknownCosts()).isEqualTo(2);
    }
    assertThat(fixture.api.accepted).hasSize(2);
    assertThat(warnings).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void lostCreateCountsAsQuoted(Where where) throws InterruptedException {
    fixture = new BatchFixture(where, folder);
    fixture.api.catalog.setPrice(USD_100);

    try (VideoBatch batch = credits(250).recoveryTimeout(Duration.ZERO).build()) {
      batch.add("lost", request("vanished"));
      assertThat(runAll(batch, 4).message()).endsWith("spent 200 of 250");
    }
    assertThat(fixture.api.accepted).hasSize(2);
  }

  private static Timing prices(Duration interval, Duration timeout) {
    Timing timing = BatchFixture.TIMING;
    return new Timing(
        timing.heartbeat(),
        timing.responseTime(),
        timing.searchInterval(),
        timing.retryDelay(),
        interval,
        timeout);
  }

  @ParameterizedTest
  @EnumSource
  void higherPriceIsReadWhileAWorkerRuns(Where where) throws InterruptedException {
    fixture = new BatchFixture(where, folder);
    fixture.api.catalog.setPrice(USD_100);
    Timing timing = prices(Duration.ofMillis(500), BatchFixture.TIMING.catalogTimeout());

    try (VideoBatch batch = credits(500).timing(timing).build()) {
      batch.add("first", request("first"));
      batch.run();
      fixture.api.catalog.setPrice("0.0002");
      fixture.api.credits = "400";
      int requests = fixture.api.catalog.requests.get();
      long readAt = System.nanoTime();
      BatchFixture.await("prices are old", () -> System.nanoTime() - readAt > 600_000_000L);

      assertThat(runAll(batch, 2).message()).endsWith("spent 500 of 500");
      assertThat(fixture.api.catalog.requests).hasValueGreaterThan(requests);
    }
    assertThat(fixture.api.accepted).hasSize(2);
    assertThat(warnings).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void rowOfUnknownPriceThatIsAddedLaterIsNotSent(Where where) throws InterruptedException {
    fixture = new BatchFixture(where, folder);

    try (VideoBatch batch = credits(1000).build()) {
      batch.start();
      batch.add("fox", request("a fox"));

      BatchFixture.await("it stops", () -> batch.summary().stopped().isPresent());
      assertThat(batch.summary().stopped().orElseThrow().message())
          .isEqualTo("the price of row fox is not known: its price is variable");
    }
    assertThat(fixture.api.creates).hasValue(0);
  }

  static Stream<Arguments> catalogsWithoutPrice() {
    return Stream.of(
        Arguments.of("variable", FakeCatalogState.of(FakeCatalog::setVariable), "variable"),
        Arguments.of("down", FakeCatalogState.of(it -> it.setStatus(500)), "cannot be read"),
        Arguments.of("odd", FakeCatalogState.of(it -> it.setBody("<html>")), "cannot be read"),
        Arguments.of("empty", FakeCatalogState.of(it -> it.setBody("{\"data\":[]}")), ""),
        Arguments.of("slow", FakeCatalogState.of(FakeCatalog::setSlow), "no response within 5 s"));
  }

  /** What a server says about prices. */
  interface FakeCatalogState extends Consumer<FakeCatalog> {
    static FakeCatalogState of(FakeCatalogState state) {
      return state;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("catalogsWithoutPrice")
  void withoutAPriceNothingIsSent(String name, FakeCatalogState state, String reason) {
    fixture = new BatchFixture(Where.FOLDER, folder);
    state.accept(fixture.api.catalog);

    Timing timing = prices(Duration.ofMinutes(1), Duration.ofSeconds(5));
    try (VideoBatch batch = usd("0.5").timing(timing).build()) {
      batch.add("fox", request("a fox"));

      assertThatThrownBy(batch::start)
          .isInstanceOf(UnknownPriceException.class)
          .hasMessageStartingWith(
              "maxUsd 0.50 cannot be promised: the price of row fox is not known: ")
          .hasMessageContaining(reason);
    }
    assertThat(fixture.api.creates).hasValue(0);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("catalogsWithoutPrice")
  void withoutALimitTheCatalogueIsNotRead(String name, FakeCatalogState state, String reason)
      throws InterruptedException {
    fixture = new BatchFixture(Where.FOLDER, folder);
    state.accept(fixture.api.catalog);

    try (VideoBatch batch = fixture.builder().build()) {
      batch.add("fox", request("a fox"));

      assertThat(batch.run().isComplete()).isTrue();
    }
    assertThat(fixture.api.catalog.requests).hasValue(0);
  }

  @ParameterizedTest
  @EnumSource
  void knownCostReplacesACatalogueThatIsDown(Where where) throws InterruptedException {
    fixture = new BatchFixture(where, folder);
    try (VideoBatch batch = fixture.builder().build()) {
      batch.add("fox", request("a fox"));
      batch.run();
    }
    fixture.api.catalog.setStatus(503);

    try (VideoBatch batch = credits(350).build()) {
      assertThat(runAll(batch, 4).message()).endsWith("spent 300 of 350");
    }
    assertThat(fixture.api.accepted).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource
  void costIsInDollarsAsTheServerSaysThem(Where where) throws InterruptedException {
    fixture = new BatchFixture(where, folder);
    fixture.api.credits = "100,\"usd_spent\":0.00007";

    try (VideoBatch batch = fixture.builder().build()) {
      batch.addAll(Map.of("a", request("a"), "b", request("fails")));
      BatchSummary summary = batch.run();

      Cost told = new Cost(new BigDecimal("0.00007"), BigDecimal.valueOf(100));
      assertThat(batch.row("a").orElseThrow().cost()).contains(told);
      assertThat(batch.row("a").orElseThrow().creditsUsed()).contains(BigDecimal.valueOf(100));
      assertThat(summary.cost()).isEqualTo(told);
    }
  }

  private BatchSummary runTwo(UnaryOperator<VideoBatchBuilder> options)
      throws InterruptedException {
    fixture = new BatchFixture(Where.POSTGRES, folder);
    fixture.api.catalog.setPrice(USD_100);
    VideoBatchBuilder other = options.apply(fixture.builder().folder(folder.resolve("other")));
    try (VideoBatch first = options.apply(fixture.builder()).build();
        VideoBatch second = other.build()) {
      first.addAll(requests(20));
      second.start();
      first.run();
      return second.run();
    }
  }

  @Test
  void twoWorkersKeepOneBudget() throws InterruptedException {
    BatchSummary summary = runTwo(builder -> builder.maxUsd(new BigDecimal("0.000275")));

    assertThat(summary.stopped().orElseThrow().reason()).isEqualTo(Reason.CREDITS);
    assertThat(fixture.api.accepted).hasSize(5);
  }

  @Test
  void twoWorkersKeepABudgetWhateverTheQuote() throws InterruptedException {
    BatchSummary summary =
        runTwo(
            builder -> {
              fixture.api.catalog.setPrice("0.00001");
              return builder.maxCredits(BigDecimal.valueOf(550));
            });

    assertThat(summary.cost().credits()).isEqualByComparingTo("500");
  }
}
