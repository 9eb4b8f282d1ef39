package io.github.aimlvideo;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
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

/** How the contract's classes become JSON and back; absent values are left out. */
final class Json {
  /** To the letter of the contract. */
  static final Gson REQUESTS =
      new GsonBuilder()
          .disableHtmlEscaping()
          .registerTypeAdapter(Image.class, new RequestJson.ImageAdapter())
          .registerTypeAdapterFactory(new FreeRequests())
          .create();

  /**
   * What the contract does not know is left out, and nothing is fatal: somebody has paid for it.
   */
  static final Gson ANSWERS =
      REQUESTS.newBuilder().registerTypeAdapterFactory(new Lenient()).create();

  private Json() {}

  /** Writes a {@link UntypedVideoRequest}; its values may be anything that this Gson can write. */
  private static final class FreeRequests implements TypeAdapterFactory {
    @Override
    @SuppressWarnings("unchecked") // it is only made for that type
    public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
      if (type.getRawType() != UntypedVideoRequest.class) return null;
      return (TypeAdapter<T>)
          new UntypedVideoRequest.Adapter(gson.getAdapter(Object.class)).nullSafe();
    }
  }

  /**
   * Reads an array as its first element where the contract has no array, and a wrong type as null.
   */
  private static final class Lenient implements TypeAdapterFactory {
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
}
