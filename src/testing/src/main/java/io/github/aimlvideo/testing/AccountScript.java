package io.github.aimlvideo.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;

/**
 * The script of the account of a test: its balance, its prices, and what goes wrong when the client
 * asks for them.
 * <!-- script of src/examples/src/test/java/examples/OutOfCreditsTest.java -->
 *
 * <pre>{@code
 * mock.useAccount(
 *     AccountScript.standard()
 *         .balance(new BigDecimal("0.50"))
 *         .reject(AccountScript.Endpoint.CATALOG, 503, 1));
 * }</pre>
 *
 * <p>The errors of each endpoint follow each other in the order in which they are added; after the
 * last one, its requests succeed. What a generation is charged, and when, says its {@link
 * GenerationScript}. Immutable.
 */
public final class AccountScript {
  /** What a request is for. */
  public enum Endpoint {
    /** The catalogue, or one of its models. */
    CATALOG("catalog"),
    /** The balance. */
    BALANCE("billing"),
    /** The ledger from its beginning. */
    LEDGER("ledger"),
    /** A page of the ledger that a cursor asks for. */
    NEXT_PAGES("nextPages"),
    /** The logs. */
    LOGS("logs");

    private final String list;

    Endpoint(String list) {
      this.list = list;
    }
  }

  /** In the format of {@code mock/account.mjs}; never changed. */
  private final JsonObject json;

  private AccountScript(JsonObject json) {
    this.json = json;
  }

  /**
   * An account of 100,000 US dollars, with the prices of {@code mock/catalog.json} and no errors:
   * what a test has without a script.
   */
  public static AccountScript standard() {
    return new AccountScript(new JsonObject());
  }

  /**
   * Begins with another balance. A create that costs more than is left, with all charges to come,
   * gets a 403.
   *
   * @param usd US dollars
   * @throws IllegalArgumentException if it is negative
   */
  public AccountScript balance(BigDecimal usd) {
    return new AccountScript(ScriptJson.set(json, "balance", ScriptJson.usd("balance", usd)));
  }

  /**
   * Changes the price of a model in the catalogue. Its creates cost that much, if this is a price
   * that can be computed.
   *
   * @param model its id, not an alias
   * @param pricing as in the catalogue, or of a shape that no client knows
   */
  public AccountScript price(String model, JsonObject pricing) {
    return withPrice(model, pricing.deepCopy());
  }

  /** Removes the price of a model from the catalogue. Its creates cost 0.28 US dollars. */
  public AccountScript withoutPrice(String model) {
    return withPrice(model, JsonNull.INSTANCE);
  }

  private AccountScript withPrice(String model, JsonElement pricing) {
    JsonObject changed = json.deepCopy();
    if (!changed.has("prices")) changed.add("prices", new JsonObject());
    changed.getAsJsonObject("prices").add(Objects.requireNonNull(model, "model"), pricing);
    return new AccountScript(changed);
  }

  /**
   * Moves the clock of the server: its times in the logs, in the ledger and, except in {@link
   * FakeVideoClient}, in the header {@code Date}.
   *
   * @param ahead negative if the clock is behind
   */
  public AccountScript clock(Duration ahead) {
    return new AccountScript(
        ScriptJson.set(json, "clock", new JsonPrimitive(ahead.toMillis() / 1e3)));
  }

  /**
   * Breaks the ledger off after so many entries: the page says that more follow, and has no cursor.
   *
   * @throws IllegalArgumentException if the number is negative
   */
  public AccountScript endLedgerAfter(int entries) {
    if (entries < 0) throw new IllegalArgumentException("entries < 0: " + entries);
    return new AccountScript(ScriptJson.set(json, "ledgerEnds", new JsonPrimitive(entries)));
  }

  /**
   * Rejects requests with an HTTP error: 403 from {@link Endpoint#LEDGER} is that of a management
   * key, 400 from {@link Endpoint#NEXT_PAGES} that of a cursor which is refused.
   *
   * @param status 400 to 599
   * @throws IllegalArgumentException if the status is out of range, or {@code times} less than 1
   */
  public AccountScript reject(Endpoint endpoint, int status, int times) {
    return with(endpoint, ScriptJson.rejection(status, times));
  }

  /**
   * Breaks the connection in the middle of the response.
   *
   * @throws IllegalArgumentException if {@code times} is less than 1
   */
  public AccountScript truncate(Endpoint endpoint, int times) {
    return with(endpoint, ScriptJson.error("truncated", times));
  }

  /**
   * Responds with the HTML page of a gateway instead of JSON.
   *
   * @throws IllegalArgumentException if {@code times} is less than 1
   */
  public AccountScript garble(Endpoint endpoint, int times) {
    return with(endpoint, ScriptJson.error("garbled", times));
  }

  /**
   * Delays the response.
   *
   * @throws IllegalArgumentException if the delay is negative, or {@code times} less than 1
   */
  public AccountScript delay(Endpoint endpoint, Duration delay, int times) {
    JsonObject error = ScriptJson.error("delayed", times);
    error.add("seconds", ScriptJson.seconds("delay", delay));
    return with(endpoint, error);
  }

  private AccountScript with(Endpoint endpoint, JsonObject error) {
    return new AccountScript(ScriptJson.with(json, endpoint.list, error));
  }

  JsonObject json() {
    return json;
  }

  /** The JSON that the mock receives. */
  @Override
  public String toString() {
    return ScriptJson.text(json);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AccountScript script && script.json.equals(json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }
}
