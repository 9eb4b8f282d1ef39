package io.github.aimlvideo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A generation as the server described it last.
 *
 * <p>Read leniently: whatever the server adds or shapes differently, the id, the status and the
 * link are found. Immutable.
 */
public final class VideoGeneration {
  /** The documented status first; the others have been seen in real answers. */
  private static final Set<String> COMPLETED = Set.of("completed", "succeeded");

  private static final Set<String> FAILED = Set.of("error", "failed", "cancelled", "expired");

  private final String id;
  private final String text;
  private final String status;
  private final @Nullable String videoUrl;
  private final @Nullable String clientRequestId;
  private final @Nullable BigDecimal creditsUsed;

  /** Keeps of the JSON what is asked for often; the rest is in the text. */
  private VideoGeneration(
      String id,
      JsonObject json,
      String text,
      @Nullable String clientRequestId,
      @Nullable BigDecimal creditsUsed) {
    this.id = id;
    this.text = text;
    this.status = string(json, "status").orElse("").intern(); // there are few
    this.videoUrl = object(json, "video").flatMap(video -> string(video, "url")).orElse(null);
    this.clientRequestId = clientRequestId;
    this.creditsUsed = creditsUsed;
  }

  /**
   * The answer to a create. The id is where it has been seen: in {@code id}, in {@code
   * generation_id}, in a header.
   *
   * @return empty if the answer is no JSON object or names no id
   */
  static Optional<VideoGeneration> created(HttpAnswer answer, String clientRequestId) {
    JsonObject body = answer.isSuccess() ? parseOrEmpty(answer.body()) : new JsonObject();
    return string(body, "id")
        .or(() -> string(body, "generation_id"))
        .or(() -> answer.header("x-inference-id"))
        .map(
            id ->
                new VideoGeneration(
                    id,
                    body,
                    answer.body(),
                    clientRequestId,
                    credits(body)
                        .or(
                            () ->
                                answer
                                    .header("x-aimlapi-credits-used")
                                    .flatMap(VideoGeneration::number))
                        .orElse(null)));
  }

  /**
   * The answer to a look at this generation; what only the create told is kept.
   *
   * @throws JsonParseException if it is no JSON object
   */
  VideoGeneration looked(HttpAnswer answer) {
    JsonObject now = parse(answer.body());
    return new VideoGeneration(
        id, now, answer.body(), clientRequestId, credits(now).orElse(creditsUsed));
  }

  /** A generation of which only the id is known, and perhaps how its create was called. */
  static VideoGeneration unseen(String id, @Nullable String clientRequestId) {
    return new VideoGeneration(id, new JsonObject(), "", clientRequestId, null);
  }

  /** The id, as the server gave it: opaque, and no name for a file. */
  public String id() {
    return id;
  }

  /** The status in the server's own word, such as {@code generating}; empty if it said none. */
  public String status() {
    return status;
  }

  /** Whether the video is ready; then there is nearly always a {@link #videoUrl}. */
  public boolean isCompleted() {
    return COMPLETED.contains(status().toLowerCase(Locale.ROOT));
  }

  /**
   * Whether it failed for good; the vendor does not charge for that. Any unknown status counts as
   * running.
   */
  public boolean isFailed() {
    return FAILED.contains(status().toLowerCase(Locale.ROOT));
  }

  /**
   * The link to the video. It expires (after 10 minutes at the earliest); a later {@code get}
   * brings a fresh one.
   */
  public Optional<String> videoUrl() {
    return Optional.ofNullable(videoUrl);
  }

  /** Why it failed, in the server's words: name and message, as far as it said them. */
  public Optional<String> failureReason() {
    JsonObject json = parseOrEmpty(text);
    JsonObject error = object(json, "error").orElseGet(JsonObject::new);
    Optional<String> message =
        string(error, "message").or(() -> details(error)).or(() -> string(json, "error"));
    return string(error, "name")
        .map(name -> message.map(text -> name + ": " + text).orElse(name))
        .or(() -> message);
  }

  /** Another form in which errors have been seen: {@code {detail: [{loc, msg, type}]}}. */
  private static Optional<String> details(JsonObject error) {
    if (!(error.get("detail") instanceof JsonArray details)) return string(error, "detail");
    List<String> messages = new ArrayList<>();
    for (JsonElement detail : details) {
      if (detail instanceof JsonObject one) string(one, "msg").ifPresent(messages::add);
    }
    return messages.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", messages));
  }

  /** What the create cost, in credits (2,000,000 are one US dollar); empty if no answer said so. */
  public Optional<BigDecimal> creditsUsed() {
    return Optional.ofNullable(creditsUsed);
  }

  /**
   * The {@code X-Client-Request-Id} of the create; empty if the create was not made by this client.
   */
  public Optional<String> clientRequestId() {
    return Optional.ofNullable(clientRequestId);
  }

  /**
   * The answer as the contract's class. A value that the contract does not allow is null there;
   * {@link #json} has all of them.
   */
  public VideoGenerationResponse response() {
    return Json.ANSWERS.fromJson(parseOrEmpty(text), VideoGenerationResponse.class).id(id);
  }

  /** The last answer as it came; empty if there was none yet. */
  public String json() {
    return text;
  }

  /** Id and status. */
  @Override
  public String toString() {
    return id + " " + (status().isEmpty() ? "(not looked at)" : status());
  }

  private static JsonObject parseOrEmpty(String body) {
    try {
      return parse(body);
    } catch (JsonParseException e) {
      return new JsonObject();
    }
  }

  private static JsonObject parse(String body) {
    if (JsonParser.parseString(body) instanceof JsonObject object) return object;
    throw new JsonParseException("not a JSON object: " + HttpAnswer.shorten(body));
  }

  /**
   * The object of that name, or the first object of an array: some models answer with several
   * videos.
   */
  private static Optional<JsonObject> object(JsonObject parent, String name) {
    JsonElement value = parent.get(name);
    if (value instanceof JsonArray array && !array.isEmpty()) value = array.get(0);
    return value instanceof JsonObject object ? Optional.of(object) : Optional.empty();
  }

  static Optional<String> string(JsonObject parent, String name) {
    JsonElement value = parent.get(name);
    if (value == null || !value.isJsonPrimitive() || value.getAsString().isBlank())
      return Optional.empty();
    return Optional.of(value.getAsString());
  }

  private static Optional<BigDecimal> credits(JsonObject json) {
    return object(json, "meta")
        .flatMap(meta -> object(meta, "usage"))
        .flatMap(usage -> string(usage, "credits_used"))
        .flatMap(VideoGeneration::number);
  }

  private static Optional<BigDecimal> number(String text) {
    try {
      return Optional.of(new BigDecimal(text.trim()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
