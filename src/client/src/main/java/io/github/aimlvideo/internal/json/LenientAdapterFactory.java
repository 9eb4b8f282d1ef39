package io.github.aimlvideo.internal.json;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a wrong type as null, and an array as its first element where the contract has none. */
final class LenientAdapterFactory implements TypeAdapterFactory {
  @Override
  public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    TypeAdapter<T> strict = gson.getDelegateAdapter(this, type);
    return new TypeAdapter<>() {
      @Override
      public void write(JsonWriter out, T value) throws IOException {
        strict.write(out, value);
      }

      @Override
      public @Nullable T read(JsonReader in) {
        JsonElement value = JsonParser.parseReader(in);
        T read = readOrNull(value);
        boolean first = read == null && value instanceof JsonArray array && !array.isEmpty();
        return first ? readOrNull(value.getAsJsonArray().get(0)) : read;
      }

      private @Nullable T readOrNull(JsonElement value) {
        try {
          return strict.fromJsonTree(value);
        } catch (RuntimeException otherShape) {
          return null;
        }
      }
    };
  }
}
