package io.github.aimlvideo.internal.json;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.github.aimlvideo.model.GenerationError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Other shapes of a generation's error that have been seen in real responses, read as the
 * contract's: a string, and {@code {detail: [{loc, msg, type}]}}.
 */
final class GenerationErrorAdapterFactory implements TypeAdapterFactory {
  @Override
  public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    if (type.getRawType() != GenerationError.class) return null;
    TypeAdapter<T> lenient = gson.getDelegateAdapter(this, type);
    return new TypeAdapter<>() {
      @Override
      public void write(JsonWriter out, T value) throws IOException {
        lenient.write(out, value);
      }

      @Override
      public @Nullable T read(JsonReader in) throws IOException {
        if (in.peek() == JsonToken.NULL) return lenient.read(in);
        return lenient.fromJsonTree(normalized(JsonParser.parseReader(in)));
      }
    };
  }

  private static JsonElement normalized(JsonElement error) {
    if (error instanceof JsonPrimitive) {
      JsonObject object = new JsonObject();
      object.add("message", error);
      return object;
    }
    if (error instanceof JsonObject object && text(object, "message").isBlank()) {
      object.addProperty("message", detail(object));
    }
    return error;
  }

  private static String detail(JsonObject error) {
    if (!(error.get("detail") instanceof JsonArray details)) return text(error, "detail");
    List<String> messages = new ArrayList<>();
    for (JsonElement detail : details) {
      if (detail instanceof JsonObject one && !text(one, "msg").isBlank()) {
        messages.add(text(one, "msg"));
      }
    }
    return String.join("; ", messages);
  }

  private static String text(JsonObject parent, String name) {
    return parent.get(name) instanceof JsonPrimitive value ? value.getAsString() : "";
  }
}
