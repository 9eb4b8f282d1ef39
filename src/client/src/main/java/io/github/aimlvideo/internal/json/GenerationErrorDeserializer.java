package io.github.aimlvideo.internal.json;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonDeserializationContext;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.aimlvideo.model.GenerationError;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * Other shapes of a generation's error that have been seen in real responses, read as the
 * contract's: a string, and {@code {detail: [{loc, msg, type}]}}.
 */
final class GenerationErrorDeserializer implements JsonDeserializer<GenerationError> {
  private final Gson gson;

  /** Reads what it has normalized with {@code gson}. */
  GenerationErrorDeserializer(Gson gson) {
    this.gson = gson;
  }

  @Override
  public GenerationError deserialize(
      JsonElement error, Type type, JsonDeserializationContext context) {
    return gson.fromJson(normalized(error), type);
  }

  private static JsonElement normalized(JsonElement error) {
    if (error instanceof JsonPrimitive) {
      JsonObject object = new JsonObject();
      object.add("message", error);
      return object;
    }
    if (error instanceof JsonObject object && FieldErrors.text(object, "message").isBlank()) {
      object.addProperty("message", detail(object));
    }
    return error;
  }

  private static String detail(JsonObject error) {
    if (!(error.get("detail") instanceof JsonArray details))
      return FieldErrors.text(error, "detail");
    List<String> messages = new ArrayList<>();
    for (JsonElement detail : details) {
      String message = detail instanceof JsonObject one ? FieldErrors.text(one, "msg") : "";
      if (!message.isBlank()) messages.add(message);
    }
    return String.join("; ", messages);
  }
}
