package io.github.aimlvideo.testing;

import static io.github.aimlvideo.testing.Backend.CHARGES;
import static io.github.aimlvideo.testing.Backend.KLING;
import static io.github.aimlvideo.testing.Backend.LEDGER;
import static io.github.aimlvideo.testing.Backend.json;
import static io.github.aimlvideo.testing.Backend.kling;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.testing.AccountScript.Endpoint;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The balance, the ledger and the logs agree with the creates, unless a script says otherwise. */
abstract class AbstractAccountTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String NO_MORE = "{'next_cursor': null, 'has_more': false}";

  abstract Backend backend();

  @Test
  void completedGenerationIsChargedItsPrice() throws IOException {
    String id = backend().create(kling().duration(10));

    assertThat(backend().charges())
        .containsExactly(
            json(
                "{'direction': 'CHARGE', 'type': 'MODEL_USAGE',"
                    + " 'amount': {'usd': 0.56, 'credits': 1120000},"
                    + " 'model': '"
                    + KLING
                    + "', 'reference_id': '"
                    + id
                    + "'}"));
    assertThat(logged()).containsExactly("0.56");
    assertThat(backend().balance()).isEqualByComparingTo("99999.44");
  }

  @Test
  void failedGenerationIsNotCharged() throws IOException {
    backend().nextGeneration(GenerationScript.failed("ContentPolicy", "Not this image."));

    backend().create();

    assertThat(backend().charges()).isEmpty();
    assertThat(logged()).containsExactly("0");
  }

  @Test
  void runningGenerationIsNotCharged() throws IOException {
    backend().nextGeneration(GenerationScript.completed().queued(HOUR));

    backend().create();

    assertThat(backend().charges()).isEmpty();
    assertThat(backend().balance()).isEqualByComparingTo("100000");
  }

  @Test
  void chargeComesLate() throws IOException {
    Duration late = Duration.ofMillis(300);
    backend().nextGeneration(GenerationScript.completed().charge(late));
    backend().nextGeneration(GenerationScript.completed().charge(HOUR));

    String id = backend().create();
    Instant created = Instant.parse(backend().list("/v2/logs").get(0).get("created").getAsString());
    backend().create();

    assertThat(awaitCharge(id)).isEqualTo(created.plus(late));
    assertThat(backend().charges()).hasSize(1);
  }

  private Instant awaitCharge(String id) throws IOException {
    for (int i = 0; i < 10_000; i++) {
      for (JsonObject charge : backend().list(CHARGES)) {
        assertThat(charge.get("reference_id").getAsString()).isEqualTo(id);
        return createdAt(charge);
      }
      backend().pass(Duration.ofMillis(10));
    }
    throw new AssertionError("no charge for " + id);
  }

  @Test
  void chargesAsTheScriptSays() throws IOException {
    GenerationScript completed = GenerationScript.completed();
    Stream.of(
            completed.charge(Duration.ZERO).charge(Duration.ZERO),
            GenerationScript.failed("a", "b").charge(Duration.ZERO),
            completed.neverCharge(),
            completed.charge(Duration.ZERO, new BigDecimal("0.30")),
            completed.cost(new BigDecimal("0.5")))
        .forEach(backend()::nextGeneration);

    for (int i = 0; i < 5; i++) backend().create();

    List<JsonObject> charges = backend().charges();
    assertThat(charges).map(Backend::usd).containsExactly("0.5", "0.3", "0.28", "0.28", "0.28");
    assertThat(charges.get(3)).isEqualTo(charges.get(4)).isNotEqualTo(charges.get(2));
    assertThat(logged()).containsExactly("0.5", "0.28", "0.28", "0", "0.28");
  }

  @Test
  void createBeyondTheBalanceIsRefused() throws IOException {
    backend().use(AccountScript.standard().balance(new BigDecimal("0.50")));
    backend().nextGeneration(GenerationScript.completed().queued(HOUR));

    backend().create();
    var refusal = catchThrowableOfType(ApiException.class, backend()::create);

    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.body().orElseThrow()).contains("err_insufficent_credits");
    assertThat(logged()).hasSize(1);
    assertThat(backend().balance()).isEqualByComparingTo("0.50");
  }

  @Test
  void moreCreditsAllowMoreCreates() throws IOException {
    backend().use(AccountScript.standard().balance(new BigDecimal("0.28")));
    backend().create();
    assertThatThrownBy(backend()::create).isInstanceOf(ApiException.class);

    backend().use(AccountScript.standard().balance(BigDecimal.ONE));
    backend().create();

    assertThat(backend().balance()).isEqualByComparingTo("0.44");
  }

  @Test
  void ledgerMovesTheBalance() throws IOException {
    backend().use(AccountScript.standard().balance(new BigDecimal("2")));
    backend().create();
    backend().create(kling().duration(10));

    List<JsonObject> ledger = backend().list(LEDGER);

    assertThat(ledger)
        .extracting(entry -> entry.get("direction").getAsString() + " " + Backend.usd(entry))
        .containsExactly("CHARGE 0.56", "CHARGE 0.28", "TOPUP 2");
    assertThat(backend().balance()).isEqualByComparingTo("1.16");
  }

  @Test
  void cursorLeadsThroughTheLedger() throws IOException {
    List<String> ids = Stream.generate(backend()::create).limit(3).toList();

    JsonObject first = backend().body(CHARGES + "&limit=2");
    backend().create(); // moves no page
    JsonObject second = backend().next(CHARGES + "&limit=2", first);

    assertThat(references(first)).containsExactly(ids.get(2), ids.get(1));
    assertThat(references(second)).containsExactly(ids.get(0));
    assertThat(first.getAsJsonObject("pagination").get("has_more").getAsBoolean()).isTrue();
    assertThat(second.get("pagination")).isEqualTo(json(NO_MORE));
  }

  @Test
  void changedCursorIsRefused() throws IOException {
    backend().create();
    backend().create();
    String cursor = Backend.encodedCursor(backend().body(CHARGES + "&limit=1"));

    List<String> changed = List.of(cursor.replace("%2B", "+"), cursor.substring(1), "2", "");

    for (String each : changed) {
      assertThat(backend().status(CHARGES + "&cursor=" + each)).as(each).isEqualTo(400);
    }
    assertThat(backend().status(CHARGES + "&cursor=" + cursor)).isEqualTo(200);
  }

  @Test
  void ledgerHasFilters() throws IOException {
    backend().create();
    String created = backend().list(CHARGES).get(0).get("created_at").getAsString();
    String later = Instant.parse(created).plusMillis(1).toString();

    assertThat(backend().list(LEDGER + "?type=PAYMENT")).hasSize(1);
    assertThat(backend().list(LEDGER + "?direction=TOPUP&type=MODEL_USAGE")).isEmpty();
    assertThat(backend().list(CHARGES + "&from=" + created + "&to=" + later)).hasSize(1);
    assertThat(backend().list(CHARGES + "&from=" + later)).isEmpty();
    assertThat(backend().list(CHARGES + "&to=" + created)).isEmpty();
  }

  @Test
  void ledgerBreaksOff() throws IOException {
    backend().use(AccountScript.standard().endLedgerAfter(3));
    for (int i = 0; i < 4; i++) backend().create();

    JsonObject second = backend().next(CHARGES + "&limit=2", backend().body(CHARGES + "&limit=2"));

    assertThat(references(second)).hasSize(1);
    assertThat(second.get("pagination")).isEqualTo(json(NO_MORE.replace("false", "true")));
  }

  @ParameterizedTest
  @EnumSource
  void endpointHasErrorsThenWorks(Endpoint endpoint) throws IOException {
    backend().create();
    String path = path(endpoint);
    backend()
        .use(
            AccountScript.standard()
                .reject(endpoint, 503, 2)
                .garble(endpoint, 1)
                .truncate(endpoint, 1)
                .delay(endpoint, Duration.ofMillis(50), 1));

    assertThat(List.of(backend().status(path), backend().status(path))).containsOnly(503);
    assertThat(backend().text(path)).startsWith("<html>");
    assertThatThrownBy(() -> backend().text(path)).isInstanceOf(IOException.class);
    assertThat(List.of(backend().text(path), backend().text(path)))
        .allMatch(text -> text.startsWith("{"));
  }

  private String path(Endpoint endpoint) throws IOException {
    return switch (endpoint) {
      case CATALOG -> "/v1/models";
      case BALANCE -> "/v2/billing";
      case LEDGER -> LEDGER;
      case NEXT_PAGES ->
          LEDGER + "?cursor=" + Backend.encodedCursor(backend().body(LEDGER + "?limit=1"));
      case LOGS -> "/v2/logs";
    };
  }

  @Test
  void clockIsOff() throws IOException {
    backend().use(AccountScript.standard().clock(Duration.ofDays(-1)));

    backend().create();

    Instant yesterday = Instant.now().minus(Duration.ofHours(23));
    assertThat(createdAt(backend().list(CHARGES).get(0))).isBefore(yesterday);
    assertThat(Instant.parse(backend().list("/v2/logs").get(0).get("created").getAsString()))
        .isBefore(yesterday);
  }

  @ParameterizedTest
  @CsvSource({
    "?limit=100, 2",
    "?status=failed, 1",
    "?status=failed&status=succeeded, 2",
    "?model=minimax/hailuo-02, 1",
    "?model=minimax/hailuo-02&status=succeeded, 0",
  })
  void logsHaveFilters(String query, int rows) throws IOException {
    backend().create();
    backend().nextGeneration(GenerationScript.failed("a", "b"));
    backend().create(new UntypedVideoRequest("minimax/hailuo-02"));

    assertThat(backend().list("/v2/logs" + query)).hasSize(rows);
  }

  /** The costs in the logs, the newest first. */
  private List<String> logged() throws IOException {
    return backend().list("/v2/logs").stream()
        .map(row -> row.getAsJsonObject("cost").get("usd").getAsString())
        .toList();
  }

  private static Instant createdAt(JsonObject entry) {
    return Instant.parse(entry.get("created_at").getAsString());
  }

  private static List<String> references(JsonObject page) {
    return Backend.list(page).stream()
        .map(entry -> entry.get("reference_id").getAsString())
        .toList();
  }
}
