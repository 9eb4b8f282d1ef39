package io.github.aimlvideo.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.GenerationFailedException;
import io.github.aimlvideo.VideoGeneration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A failure as {@code --json} prints it, in the server's own words where it said any. */
public final class ErrorJson {
  private ErrorJson() {}

  /**
   * Name and message of a failure.
   *
   * @param message that of this program
   */
  public static JsonObject of(RuntimeException failure, @Nullable String message) {
    JsonObject said = serverError(failure);
    JsonObject error = new JsonObject();
    String ours = failure.getClass().getSimpleName().replaceFirst("Exception$", "");
    error.addProperty("name", text(said, "name").orElse(ours));
    error.addProperty("message", reason(failure, said).orElse(message));
    return error;
  }

  /** Why a generation failed. */
  private static Optional<String> reason(RuntimeException failure, JsonObject said) {
    if (!(failure instanceof GenerationFailedException e)) return Optional.empty();
    return text(said, "message").or(() -> e.generation().flatMap(VideoGeneration::failureReason));
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
