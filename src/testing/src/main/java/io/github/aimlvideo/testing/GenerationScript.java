package io.github.aimlvideo.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The script of one generation of the mock: its statuses, its end, and the errors on the way.
 * <!-- script of src/examples/src/test/java/examples/UnreliableServerTest.java -->
 *
 * <pre>{@code
 * mock.nextGeneration(
 *     GenerationScript.completed()
 *         .rejectCreate(429, 2)
 *         .queued(Duration.ofMillis(300))
 *         .generating(Duration.ofMillis(500))
 *         .truncatePolls(1)
 *         .expireDownloadUrl(1));
 * }</pre>
 *
 * <p>Statuses follow each other in the order in which they are added. So do the errors of the
 * create, of the polls and of the downloads; after the last one, requests of this kind succeed.
 * Without statuses, the first poll sees the end. The balance and the errors of the ledger are in an
 * {@link AccountScript}. Immutable.
 */
public final class GenerationScript {
  /** In the format of {@code mock/script.mjs}; never changed. */
  private final JsonObject json;

  private GenerationScript(JsonObject json) {
    this.json = json;
  }

  /** A generation that ends with a video. */
  public static GenerationScript completed() {
    return endingWith("completed", null);
  }

  /** A generation that fails with this error of the server and is not charged. */
  public static GenerationScript failed(String name, String message) {
    JsonObject error = new JsonObject();
    error.addProperty("name", Objects.requireNonNull(name, "name"));
    error.addProperty("message", Objects.requireNonNull(message, "message"));
    return endingWith("error", error);
  }

  private static GenerationScript endingWith(String status, @Nullable JsonObject error) {
    JsonObject end = new JsonObject();
    end.addProperty("status", status);
    if (error != null) end.add("error", error);
    JsonObject json = new JsonObject();
    json.add("end", end);
    return new GenerationScript(json);
  }

  /** Like {@link #status} with {@code "queued"}. */
  public GenerationScript queued(Duration duration) {
    return status("queued", duration);
  }

  /** Like {@link #status} with {@code "generating"}. */
  public GenerationScript generating(Duration duration) {
    return status("generating", duration);
  }

  /**
   * Adds a status. It can be one that the contract does not know.
   *
   * @throws IllegalArgumentException if the status is blank or the duration negative
   */
  public GenerationScript status(String status, Duration duration) {
    if (status.isBlank()) throw new IllegalArgumentException("status is blank");
    JsonObject state = new JsonObject();
    state.addProperty("status", status);
    state.add("seconds", ScriptJson.seconds("duration of " + status, duration));
    return with("states", state);
  }

  /**
   * Delays each response to the create and to the polls.
   *
   * @throws IllegalArgumentException if the latency is negative
   */
  public GenerationScript latency(Duration latency) {
    return new GenerationScript(
        ScriptJson.set(json, "latency", ScriptJson.seconds("latency", latency)));
  }

  /**
   * Rejects the create with an HTTP error. Nothing is created.
   *
   * @param status 400 to 599; the client retries after 429 and 503
   * @throws IllegalArgumentException if the status is out of range, or {@code times} less than 1
   */
  public GenerationScript rejectCreate(int status, int times) {
    return with("create", ScriptJson.rejection(status, times));
  }

  /**
   * Like {@link #rejectCreate(int, int)}, with a {@code Retry-After}.
   *
   * @param retryAfter whole seconds
   * @throws IllegalArgumentException if an argument is out of range
   */
  public GenerationScript rejectCreate(int status, int times, Duration retryAfter) {
    return with("create", ScriptJson.rejection(status, times, retryAfter));
  }

  /** Breaks the connection before the create is accepted. Nothing is created or logged. */
  public GenerationScript loseCreateRequest() {
    return with("create", ScriptJson.error("request lost", 1));
  }

  /** Breaks the connection after the create was accepted and logged. */
  public GenerationScript loseCreateResponse() {
    return with("create", ScriptJson.error("response lost", 1));
  }

  /**
   * Rejects polls with an HTTP error.
   *
   * @param status 400 to 599
   * @throws IllegalArgumentException if the status is out of range, or {@code times} less than 1
   */
  public GenerationScript rejectPolls(int status, int times) {
    return with("polls", ScriptJson.rejection(status, times));
  }

  /**
   * Like {@link #rejectPolls(int, int)}, with a {@code Retry-After}.
   *
   * @param retryAfter whole seconds
   * @throws IllegalArgumentException if an argument is out of range
   */
  public GenerationScript rejectPolls(int status, int times, Duration retryAfter) {
    return with("polls", ScriptJson.rejection(status, times, retryAfter));
  }

  /**
   * Breaks the connection in the middle of the response to a poll.
   *
   * @throws IllegalArgumentException if {@code times} is less than 1
   */
  public GenerationScript truncatePolls(int times) {
    return with("polls", ScriptJson.error("truncated", times));
  }

  /**
   * Responds to polls with the HTML page of a gateway instead of JSON.
   *
   * @throws IllegalArgumentException if {@code times} is less than 1
   */
  public GenerationScript garblePolls(int times) {
    return with("polls", ScriptJson.error("garbled", times));
  }

  /**
   * Rejects downloads of the video with an HTTP error.
   *
   * @param status 400 to 599
   * @throws IllegalArgumentException if the status is out of range, or {@code times} less than 1
   */
  public GenerationScript rejectDownloads(int status, int times) {
    return with("downloads", ScriptJson.rejection(status, times));
  }

  /**
   * Rejects downloads with 404. The client gets a fresh URL at most twice.
   *
   * @throws IllegalArgumentException if {@code times} is less than 1
   */
  public GenerationScript expireDownloadUrl(int times) {
    return rejectDownloads(404, times);
  }

  /**
   * Breaks the connection in the middle of a download.
   *
   * @throws IllegalArgumentException if {@code times} is less than 1
   */
  public GenerationScript truncateDownloads(int times) {
    return with("downloads", ScriptJson.error("truncated", times));
  }

  /**
   * Costs so much instead of the price in the catalogue.
   *
   * @param usd US dollars
   * @throws IllegalArgumentException if it is negative
   */
  public GenerationScript cost(BigDecimal usd) {
    return new GenerationScript(ScriptJson.set(json, "cost", ScriptJson.usd("cost", usd)));
  }

  /**
   * Charges the cost some time after the end of the generation; called again, charges it again.
   * Without a charge in the script, a completed generation is charged at its end, and a failed one
   * is not.
   *
   * @throws IllegalArgumentException if the delay is negative
   */
  public GenerationScript charge(Duration delay) {
    return with("charges", ScriptJson.charge(delay));
  }

  /**
   * Like {@link #charge(Duration)}, but not the cost that the create reported.
   *
   * @param usd US dollars
   * @throws IllegalArgumentException if an argument is negative
   */
  public GenerationScript charge(Duration delay, BigDecimal usd) {
    JsonObject charge = ScriptJson.charge(delay);
    charge.add("usd", ScriptJson.usd("charge", usd));
    return with("charges", charge);
  }

  /** Is never charged, although it may complete. */
  public GenerationScript neverCharge() {
    return new GenerationScript(ScriptJson.set(json, "charges", new JsonArray()));
  }

  private GenerationScript with(String list, JsonObject element) {
    return new GenerationScript(ScriptJson.with(json, list, element));
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
    return other instanceof GenerationScript script && script.json.equals(json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }
}
