package io.github.aimlvideo.testing;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The life of one generation of the mock: how it begins, what it passes through, how it ends.
 * <!-- faults of src/examples/test/examples/FilmMakerTest.java -->
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
 * <p>States follow each other in the order in which they are named, and so do the faults of the
 * create, of the looks and of the downloads; after its faults everything works. Without any state
 * the first look sees the end. Immutable.
 */
public final class GenerationScript {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  /** In the words of the mock; never changed. */
  private final JsonObject json;

  private GenerationScript(JsonObject json) {
    this.json = json;
  }

  /** A life that ends with a film. */
  public static GenerationScript completed() {
    return ending("completed", null);
  }

  /** A life that ends without a film, for a reason in the words of the server; not charged. */
  public static GenerationScript failed(String name, String message) {
    JsonObject error = new JsonObject();
    error.addProperty("name", Objects.requireNonNull(name, "name"));
    error.addProperty("message", Objects.requireNonNull(message, "message"));
    return ending("error", error);
  }

  private static GenerationScript ending(String status, @Nullable JsonObject error) {
    JsonObject end = new JsonObject();
    end.addProperty("status", status);
    if (error != null) end.add("error", error);
    JsonObject json = new JsonObject();
    json.add("end", end);
    return new GenerationScript(json);
  }

  /** Then it is queued for so long. */
  public GenerationScript queued(Duration time) {
    return status("queued", time);
  }

  /** Then it is generating for so long. */
  public GenerationScript generating(Duration time) {
    return status("generating", time);
  }

  /**
   * Then it has this status for so long, be it a word that the contract does not know.
   *
   * @throws IllegalArgumentException if the word is blank or the time negative
   */
  public GenerationScript status(String word, Duration time) {
    if (word.isBlank()) throw new IllegalArgumentException("the status is blank");
    JsonObject state = new JsonObject();
    state.addProperty("status", word);
    state.addProperty("seconds", seconds("the time of " + word, time));
    return with("states", state);
  }

  /**
   * Every answer of the API to its create and its looks takes so long.
   *
   * @throws IllegalArgumentException if the time is negative
   */
  public GenerationScript latency(Duration time) {
    JsonObject changed = json.deepCopy();
    changed.addProperty("latency", seconds("the time of an answer", time));
    return new GenerationScript(changed);
  }

  /**
   * Its create is refused first, so many times; nothing is created then.
   *
   * @param status 400 to 599; the client sends again what was refused with 429 or 503
   * @throws IllegalArgumentException if the status is another, or {@code times} less than 1
   */
  public GenerationScript rejectCreate(int status, int times) {
    return with("create", refusal(status, times));
  }

  /**
   * The same with a {@code Retry-After}.
   *
   * @param retryAfter whole seconds
   * @throws IllegalArgumentException if it is negative or has a fraction of a second
   */
  public GenerationScript rejectCreate(int status, int times, Duration retryAfter) {
    return with("create", refusal(status, times, retryAfter));
  }

  /** Its create is accepted, then the connection breaks without an answer. The logs have it. */
  public GenerationScript loseCreateResponse() {
    return with("create", fault("answer lost", 1));
  }

  /** The connection breaks when its create has arrived; nothing is created, nothing in the logs. */
  public GenerationScript loseCreate() {
    return with("create", fault("lost", 1));
  }

  /**
   * Looks at it are refused first, so many times.
   *
   * @param status 400 to 599
   * @throws IllegalArgumentException if the status is another, or {@code times} less than 1
   */
  public GenerationScript rejectPolls(int status, int times) {
    return with("looks", refusal(status, times));
  }

  /**
   * The same with a {@code Retry-After}.
   *
   * @param retryAfter whole seconds
   * @throws IllegalArgumentException if it is negative or has a fraction of a second
   */
  public GenerationScript rejectPolls(int status, int times, Duration retryAfter) {
    return with("looks", refusal(status, times, retryAfter));
  }

  /**
   * Answers to looks at it break off first, so many times.
   *
   * @throws IllegalArgumentException if {@code times} is less than 1
   */
  public GenerationScript truncatePolls(int times) {
    return with("looks", fault("cut", times));
  }

  /**
   * Answers to looks at it are the page of a proxy first, so many times, instead of JSON.
   *
   * @throws IllegalArgumentException if {@code times} is less than 1
   */
  public GenerationScript garblePolls(int times) {
    return with("looks", fault("garbled", times));
  }

  /**
   * Downloads of its film are refused first, so many times.
   *
   * @param status 400 to 599
   * @throws IllegalArgumentException if the status is another, or {@code times} less than 1
   */
  public GenerationScript rejectDownloads(int status, int times) {
    return with("downloads", refusal(status, times));
  }

  /**
   * The link to its film is dead (404) first, so many times. The client asks for a fresh one twice.
   *
   * @throws IllegalArgumentException if {@code times} is less than 1
   */
  public GenerationScript expireDownloadUrl(int times) {
    return rejectDownloads(404, times);
  }

  /**
   * Downloads of its film break off in the middle first, so many times.
   *
   * @throws IllegalArgumentException if {@code times} is less than 1
   */
  public GenerationScript truncateDownloads(int times) {
    return with("downloads", fault("cut", times));
  }

  private GenerationScript with(String list, JsonObject element) {
    JsonObject changed = json.deepCopy();
    if (!changed.has(list)) changed.add(list, new JsonArray());
    changed.getAsJsonArray(list).add(element);
    return new GenerationScript(changed);
  }

  private static JsonObject refusal(int status, int times, Duration retryAfter) {
    if (retryAfter.isNegative() || retryAfter.getNano() != 0) {
      throw new IllegalArgumentException("retryAfter must be whole seconds: " + retryAfter);
    }
    JsonObject refusal = refusal(status, times);
    refusal.addProperty("retryAfter", retryAfter.toSeconds());
    return refusal;
  }

  private static JsonObject refusal(int status, int times) {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status not from 400 to 599: " + status);
    }
    JsonObject refusal = fault("status", times);
    refusal.addProperty("status", status);
    return refusal;
  }

  private static JsonObject fault(String fault, int times) {
    if (times < 1) throw new IllegalArgumentException("times < 1: " + times);
    JsonObject json = new JsonObject();
    json.addProperty("fault", fault);
    json.addProperty("times", times);
    return json;
  }

  private static double seconds(String what, Duration time) {
    if (time.isNegative()) throw new IllegalArgumentException(what + " < 0: " + time);
    return time.toMillis() / 1e3;
  }

  /** As the mock is told, in JSON. */
  @Override
  public String toString() {
    return GSON.toJson(json);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GenerationScript life && life.json.equals(json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }
}
