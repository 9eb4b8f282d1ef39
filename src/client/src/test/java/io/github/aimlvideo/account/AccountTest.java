package io.github.aimlvideo.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.RetryPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.fixture.Server;
import io.github.aimlvideo.model.LogStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTest {
  private static final Instant FROM = Instant.parse("2026-01-20T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-01-21T00:00:00.000000001Z");
  private static final LogQuery DAY = LogQuery.last(Duration.ofHours(24));

  private final Server server = new Server();
  private final VideoClient client =
      server.client().retryPolicy(RetryPolicy.DEFAULT.withMaxAttempts(2)).build();
  private final Account account = client.account();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void balanceHasTheServersTime() {
    server.respond(
        new MockResponse.Builder()
            .body("{\"current_balance\":41.72,\"currency\":\"USD\"}")
            .addHeader("Date", "Tue, 20 Jan 2026 09:30:00 GMT"));

    assertThat(account.balance())
        .isEqualTo(
            new Balance(
                new BigDecimal("41.72"),
                "USD",
                Optional.of(Instant.parse("2026-01-20T09:30:00Z"))));
    assertThat(server.request().getHeaders().get("Authorization"))
        .isEqualTo("Bearer key-of-the-tests");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "<html>", "{\"current_balance\":\"much\"}"})
  void balanceThatCannotBeReadIsAFailure(String body) {
    server.respond(body).respond(body);

    assertThatThrownBy(account::balance)
        .isInstanceOf(ApiException.class)
        .hasMessageStartingWith("GET /v2/billing returned 200 and no readable JSON");
  }

  @Test
  void readIsRetriedAsThePolicySays() {
    server.respond(503, "").respond("{\"current_balance\":1}");

    assertThat(account.balance().usd()).contains(BigDecimal.ONE);
    assertThat(server.scheduler.delays()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"401, Invalid API key", "403, Management keys cannot access this resource"})
  void refusalIsNotRetried(int status, String message) {
    server.respond(status, "{\"message\":\"" + message + "\",\"requestId\":\"r1\"}");

    var thrown = catchThrowableOfType(ApiException.class, () -> account.charges(FROM, null));

    assertThat(thrown)
        .hasMessage(
            "GET /v2/billing/transactions returned %d: %s (request id r1)", status, message);
    assertThat(thrown.status()).isEqualTo(status);
  }

  @Test
  void chargesAreReadPageByPageWithTheCursorToTheLetter() {
    server
        .respond(ledger("\"a+b/c%2F==&x\"", true, charge("first"), charge("first")))
        .respond(ledger("null", false, charge("last"), "null"));

    List<Transaction> charges = account.charges(FROM, TO);

    assertThat(charges).hasSize(4);
    assertThat(charges.get(0)).isEqualTo(charges.get(1)).isEqualTo(transaction("first"));
    assertThat(charges.get(3).amount()).isEmpty();
    assertThat(server.request().getUrl().encodedQuery())
        .isEqualTo(
            "from=2026-01-20T00%3A00%3A00Z&to=2026-01-21T00%3A00%3A00.001Z"
                + "&direction=CHARGE&type=MODEL_USAGE&limit=100");
    assertThat(server.request().getUrl().queryParameter("cursor")).isEqualTo("a+b/c%2F==&x");
  }

  @Test
  void ledgerUntilNowHasNoEnd() {
    server.respond(ledger("null", false, charge("abc").replace("MODEL_USAGE", "REFUND")));

    List<Transaction> transactions = account.transactions(FROM, null);

    assertThat(transactions.get(0).isModelUsage()).isFalse();
    assertThat(server.request().getUrl().encodedQuery())
        .isEqualTo("from=2026-01-20T00%3A00%3A00Z&limit=100");
    assertThatThrownBy(() -> account.transactions(TO, FROM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "to = 2026-01-20T00:00:00Z must be later than from = 2026-01-21T00:00:00.000000001Z");
  }

  @Test
  void refusedCursorIsTold() {
    server
        .respond(ledger("\"c1\"", true, charge("abc")))
        .respond(400, "{\"message\":\"Invalid cursor\"}");

    assertThatThrownBy(() -> account.transactions(FROM, TO))
        .isInstanceOf(ApiException.class)
        .hasMessage(
            "the ledger breaks off after 1 entries: GET /v2/billing/transactions returned 400:"
                + " Invalid cursor");
  }

  @ParameterizedTest
  @CsvSource({"null, more follows", "'\"\"', more follows", "'\"c1\"', a cursor repeats"})
  void ledgerThatEndsInTheMiddleIsTold(String cursor, String why) {
    server.respond(ledger("\"c1\"", true, charge("a"))).respond(ledger(cursor, true, charge("b")));

    assertThatThrownBy(() -> account.transactions(FROM, TO))
        .isInstanceOf(ApiException.class)
        .hasMessageStartingWith("the ledger breaks off after 2 entries: " + why);
  }

  @Test
  void fullPageWithoutPaginationIsNotTheEnd() {
    String[] hundred = IntStream.range(0, 100).mapToObj(i -> charge("a")).toArray(String[]::new);
    server.respond("{\"data\":[" + charge("a") + "]}");
    server.respond("{\"data\":[" + String.join(",", hundred) + "]}");

    assertThat(account.transactions(FROM, TO)).hasSize(1);
    assertThatThrownBy(() -> account.transactions(FROM, TO))
        .hasMessageStartingWith("the ledger breaks off after 100 entries");
  }

  @Test
  void valuesThatCannotBeReadAreEmpty() {
    server.respond(
        ledger(
            "null", false, "{\"created_at\":\"yesterday\",\"amount\":{\"usd\":-1},\"model\":7}"));

    Transaction read = account.transactions(FROM, TO).get(0);

    assertThat(read.createdAt()).isEmpty();
    assertThat(read.amount()).isEmpty();
    assertThat(read.model()).contains("7");
    assertThat(read.referenceId()).isEmpty();
    assertThat(read.isCharge()).isFalse();
  }

  /** Rows that arrive between two pages move the others to the next one. */
  @Test
  void logsHaveEachRequestOnce() {
    server
        .respond(logs(true, "c", "b"))
        .respond(logs(true, "b", "a"))
        .respond(logs(false, "first"));

    List<LoggedRequest> requests = account.logs(DAY);

    assertThat(requests)
        .extracting(request -> request.id().orElse(""))
        .containsExactly("c", "b", "a", "first");
    assertThat(requests.get(0).cost()).contains(Cost.ofUsd(new BigDecimal("0.28")));
    assertThat(requests.get(0).created()).contains(Instant.parse("2026-01-20T09:30:00Z"));
    assertThat(server.request().getUrl().encodedQuery()).isEqualTo("period=1d&limit=100&offset=0");
    assertThat(server.request().getUrl().queryParameter("offset")).isEqualTo("2");
    assertThat(server.request().getUrl().queryParameter("offset")).isEqualTo("4");
    assertThat(server.scheduler.delays()).containsOnly(Duration.ofMillis(300)).hasSize(2);
  }

  @Test
  void logsCanBeFiltered() {
    server.respond(logs(true, "c", "b", "a"));
    LogQuery query =
        LogQuery.between(FROM, TO)
            .withModels(List.of("a/b", "c/d"))
            .withStatuses(List.of(LogStatus.FAILED))
            .withLimit(2);

    assertThat(account.logs(query)).hasSize(2);
    assertThat(server.request().getUrl().encodedQuery())
        .isEqualTo(
            "start=2026-01-20T00%3A00%3A00Z&end=2026-01-21T00%3A00%3A00.001Z"
                + "&model=a%2Fb&model=c%2Fd&status=failed&limit=2&offset=0");
  }

  @ParameterizedTest
  @CsvSource({"PT1M, 1h", "PT36H, 36h", "PT47H1S, 2d", "P92D, 92d"})
  void periodIsRoundedUp(Duration period, String sent) {
    server.respond(logs(false));

    account.logs(LogQuery.last(period));

    assertThat(server.request().getUrl().queryParameter("period")).isEqualTo(sent);
  }

  @Test
  void fullPageThatSaysNothingOfTheNextIsNotTheLast() {
    String page =
        logs(true, IntStream.range(0, 100).mapToObj(i -> "id-" + i).toArray(String[]::new));
    server.respond(page.replace("\"has_more\":true", "\"total\":101")).respond(logs(false, "a"));

    assertThat(account.logs(DAY)).hasSize(101);
  }

  @Test
  void logsThatDoNotEndAreTold() {
    server.respond(logs(true, "a")).respond(logs(true));

    assertThatThrownBy(() -> account.logs(DAY))
        .isInstanceOf(ApiException.class)
        .hasMessageStartingWith("the logs break off after 1 entries");

    for (int i = 0; i < 11; i++) server.respond(logs(true, "a"));
    assertThatThrownBy(() -> account.logs(DAY)).isInstanceOf(ApiException.class);
  }

  @Test
  void closedClientReadsNothing() {
    client.close();

    assertThatThrownBy(account::balance).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void interruptionStopsARead() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(account::balance)
        .isInstanceOf(ApiException.class)
        .hasMessage("reading the balance failed: interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  private static Transaction transaction(String id) {
    return new Transaction(
        Optional.of(Instant.parse("2026-01-20T09:34:21Z")),
        "CHARGE",
        "MODEL_USAGE",
        Optional.of(Cost.ofUsd(new BigDecimal("0.28"))),
        Optional.of("a/b"),
        Optional.of(id));
  }

  private static String charge(String id) {
    return "{\"created_at\":\"2026-01-20T10:34:21.000+01:00\",\"direction\":\"CHARGE\","
        + "\"type\":\"MODEL_USAGE\",\"amount\":{\"usd\":0.28,\"credits\":560000},"
        + "\"model\":\"a/b\",\"reference_id\":\""
        + id
        + "\"}";
  }

  private static String ledger(String cursor, boolean more, String... entries) {
    return "{\"data\":["
        + String.join(",", entries)
        + "],\"pagination\":{\"next_cursor\":"
        + cursor
        + ",\"has_more\":"
        + more
        + "}}";
  }

  private static String logs(boolean more, String... ids) {
    String entries =
        IntStream.range(0, ids.length)
            .mapToObj(
                i ->
                    "{\"created\":\"2026-01-20T09:30:00Z\",\"status\":\"succeeded\","
                        + "\"cost\":{\"usd\":0.28},\"inference_id\":\""
                        + ids[i]
                        + "\"}")
            .collect(Collectors.joining(","));
    return "{\"data\":[" + entries + "],\"pagination\":{\"has_more\":" + more + "}}";
  }
}
