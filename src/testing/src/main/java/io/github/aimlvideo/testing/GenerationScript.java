package io.github.aimlvideo.testing;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
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
 * Without statuses, the first poll sees the end. Immutable.
 */
public final class GenerationScript {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

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
    state.addProperty("seconds", seconds("duration of " + status, duration));
    return with("states", state);
  }

  /**
   * Delays each response to the create and to the polls.
   *
   * @throws IllegalArgumentException if the latency is negative
   */
  public GenerationScript latency(Duration latency) {
    JsonObject changed = json.deepCopy();
    changed.addProperty("latency", seconds("latency", latency));
    return new GenerationScript(changed);
  }

  /**
   * Rejects the create with an HTTP error. Nothing is created.
   *
   * @param status 400 to 599; the client retries after 429 and 503
   * @throws IllegalArgumentException if the status is out of range, or {@code times} less than 1
   */
  public GenerationScript rejectCreate(int status, int times) {
    return with("create", rejection(status, times));
  }

  /**
   * Like {@link #rejectCreate(int, int)}, with a {@code Retry-After}.
   *
   * @param retryAfter whole seconds
   * @throws IllegalArgumentException if an argument is out of range
   */
  public GenerationScript rejectCreate(int status, int times, Duration retryAfter) {
    return with("create", rejection(status, times, retryAfter));
  }

  /** Breaks the connection before the create is accepted. Nothing is created or logged. */
  public GenerationScript loseCreateRequest() {
    return with("create", error("request lost", 1));
  }

  /** Breaks the connection after the create was accepted and logged. */
  public GenerationScript loseCreateResponse() {
    return with("create", error("response lost", 1));
  }

  /**
   * Rejects polls with an HTTP error.
   *
   * @param status 400 to 599
   * @throws IllegalArgumentException if the status is out of range, or {@code times} less than 1
   */
  public GenerationScript rejectPolls(int status, int times) {
    return with("polls", rejection(status, times));
  }

  /**
   * Like {@link #rejectPolls(int, int)}, with a {@code Retry-After}.
   *
   * @param retryAfter whole seconds
   * @throws IllegalArgumentException if an argument is out of range
   */
  public GenerationScript rejectPolls(int status, int times, Duration retryAfter) {
    return with("polls", rejection(status, times, retryAfter));
  }

  /**
   * Breaks the connection in the middle of the response to a poll.
   *
   * @throws IllegalArgumentException if {@code times} is less than 1
   */
  public GenerationScript truncatePolls(int times) {
    return with("polls", error("truncated", times));
  }

  /**
   * Responds to polls with the HTML page of a gateway instead of JSON.
   *
   * @throws IllegalArgumentException if {@code times} is less than 1
   */
  public GenerationScript garblePolls(int times) {
    return with("polls", error("garbled", times));
  }

  /**
   * Rejects downloads of the video with an HTTP error.
   *
   * @param status 400 to 599
   * @throws IllegalArgumentException if the status is out of range, or {@code times} less than 1
   */
  public GenerationScript rejectDownloads(int status, int times) {
    return with("downloads", rejection(status, times));
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
    return with("downloads", error("truncated", times));
  }

  private GenerationScript with(String list, JsonObject element) {
    JsonObject changed = json.deepCopy();
    if (!changed.has(list)) changed.add(list, new JsonArray());
    changed.getAsJsonArray(list).add(element);
    return new GenerationScript(changed);
  }

  private static JsonObject rejection(int status, int times, Duration retryAfter) {
    if (retryAfter.isNegative() || retryAfter.getNano() != 0) {
      throw new IllegalArgumentException("retryAfter must be whole seconds: " + retryAfter);
    }
    JsonObject rejection = rejection(status, times);
    rejection.addProperty("retryAfter", retryAfter.toSeconds());
    return rejection;
  }

  private static JsonObject rejection(int status, int times) {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status must be from 400 to 599: " + status);
    }
    JsonObject rejection = error("rejected", times);
    rejection.addProperty("status", status);
    return rejection;
  }

  private static JsonObject error(String error, int times) {
    if (times < 1) throw new IllegalArgumentException("times < 1: " + times);
    JsonObject json = new JsonObject();
    json.addProperty("error", error);
    json.addProperty("times", times);
    return json;
  }

  private static double seconds(String name, Duration duration) {
    if (duration.isNegative()) throw new IllegalArgumentException(name + " < 0: " + duration);
    return duration.toMillis() / 1e3;
  }

  JsonObject json() {
    return json;
  }

  /** The JSON that the mock receives. */
  @Override
  public String toString() {
    return GSON.toJson(json);
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
