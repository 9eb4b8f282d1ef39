package io.github.aimlvideo.cli.generation;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.GenerationFailedException;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.cli.terminal.TerminalText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The result of a run as {@code --json} prints it. Safe for several threads. */
public final class RunResult {
  private final long startedAt = System.nanoTime();
  private @Nullable VideoGeneration generation;
  private @Nullable String clientRequestId;
  private @Nullable Path file;
  private int polls;
  private @Nullable RuntimeException failure;
  private @Nullable String message;

  synchronized void setGeneration(VideoGeneration last) {
    generation = last;
  }

  synchronized void setClientRequestId(String id) {
    clientRequestId = id;
  }

  synchronized void countPoll() {
    polls++;
  }

  synchronized void setFile(Path saved) {
    file = saved;
  }

  public synchronized void setFailure(RuntimeException e, @Nullable String words) {
    failure = e;
    message = words;
    if (!(e instanceof VideoException video)) return;
    video.generation().ifPresent(last -> generation = last);
    clientRequestId = video.clientRequestId().orElse(clientRequestId);
  }

  synchronized Optional<String> generationId() {
    return Optional.ofNullable(generation).map(VideoGeneration::id);
  }

  /** What the create cost, as far as it is known; one that failed is not charged. */
  synchronized Optional<BigDecimal> creditsUsed() {
    return Optional.ofNullable(generation)
        .filter(last -> !last.isFailed())
        .flatMap(VideoGeneration::creditsUsed);
  }

  double elapsedSeconds() {
    return (System.nanoTime() - startedAt) / 1e9;
  }

  /** One object, without what is unknown. */
  public synchronized String toJson() {
    JsonObject json = new JsonObject();
    if (generation != null) {
      json.addProperty("id", generation.id());
      if (!generation.status().isEmpty()) json.addProperty("status", generation.status());
      generation.videoUrl().ifPresent(url -> json.addProperty("url", url));
    }
    if (file != null) json.addProperty("file", file.toString());
    creditsUsed().ifPresent(credits -> json.addProperty("creditsUsed", credits));
    json.addProperty(
        "elapsedSeconds", BigDecimal.valueOf(elapsedSeconds()).setScale(1, RoundingMode.HALF_UP));
    json.addProperty("polls", polls);
    if (generation != null)
      generation.clientRequestId().ifPresent(id -> json.addProperty("clientRequestId", id));
    if (clientRequestId != null) json.addProperty("clientRequestId", clientRequestId);
    if (failure != null) json.add("error", error(failure));
    return TerminalText.whole(json.toString());
  }

  /** As the server said it, as far as it did. */
  private JsonObject error(RuntimeException failure) {
    JsonObject said = serverError(failure);
    JsonObject error = new JsonObject();
    String ours = failure.getClass().getSimpleName().replaceFirst("Exception$", "");
    error.addProperty("name", text(said, "name").orElse(ours));
    boolean failed = failure instanceof GenerationFailedException;
    Optional<String> reason =
        text(said, "message")
            .or(() -> Optional.ofNullable(generation).flatMap(VideoGeneration::failureReason));
    error.addProperty("message", reason.filter(text -> failed).orElse(message));
    return error;
  }

  /** Of a failed generation its error; of a refused request that of the response. */
  private static JsonObject serverError(RuntimeException failure) {
    String body = "";
    if (failure instanceof GenerationFailedException e) {
      body = e.generation().map(VideoGeneration::json).orElse("");
    } else if (failure instanceof ApiException e) {
      body = e.body().orElse("");
    }
    try {
      JsonElement json = JsonParser.parseString(body);
      JsonElement error = json instanceof JsonObject object ? object.get("error") : null;
      return error instanceof JsonObject found ? found : new JsonObject();
    } catch (JsonParseException e) {
      return new JsonObject();
    }
  }

  private static Optional<String> text(JsonObject json, String name) {
    boolean isText = json.get(name) instanceof JsonPrimitive text && text.isString();
    return isText ? Optional.of(json.get(name).getAsString()) : Optional.empty();
  }
}
