package io.github.aimlvideo.internal.json;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Other shapes of a generation that have been seen in real responses, brought into the contract's:
 * {@code generation_id} instead of {@code id}; {@code error} as a string, or as {@code {detail:
 * [{loc, msg, type}]}}.
 */
final class GenerationShapes implements TypeAdapterFactory {
  @Override
  public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    if (type.getRawType() != VideoGenerationResponse.class) return null;
    TypeAdapter<T> lenient = gson.getDelegateAdapter(this, type);
    return new TypeAdapter<>() {
      @Override
      public void write(JsonWriter out, T value) throws IOException {
        lenient.write(out, value);
      }

      @Override
      public @Nullable T read(JsonReader in) {
        if (!(JsonParser.parseReader(in) instanceof JsonObject object)) return null;
        normalize(object);
        return lenient.fromJsonTree(object);
      }
    };
  }

  private static void normalize(JsonObject object) {
    if (string(object, "id").isBlank() && object.has("generation_id")) {
      object.add("id", object.get("generation_id"));
    }
    if (object.get("error") instanceof JsonObject error) {
      if (string(error, "message").isBlank()) error.addProperty("message", detail(error));
    } else if (!string(object, "error").isBlank()) {
      JsonObject error = new JsonObject();
      error.add("message", object.get("error"));
      object.add("error", error);
    }
  }

  private static @Nullable String detail(JsonObject error) {
    if (!(error.get("detail") instanceof JsonArray details)) {
      return string(error, "detail").isBlank() ? null : string(error, "detail");
    }
    List<String> messages = new ArrayList<>();
    for (JsonElement detail : details) {
      if (detail instanceof JsonObject one && !string(one, "msg").isBlank()) {
        messages.add(string(one, "msg"));
      }
    }
    return messages.isEmpty() ? null : String.join("; ", messages);
  }

  private static String string(JsonObject parent, String name) {
    JsonElement value = parent.get(name);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }
}
