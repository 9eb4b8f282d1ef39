package io.github.aimlvideo;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/** How the contract's classes become JSON and back. */
final class Json {
  /** Leaves absent values out and survives enum values that the contract does not know. */
  static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .registerTypeAdapter(Image.class, new RequestJson.ImageAdapter())
          .registerTypeAdapterFactory(new UnknownEnums())
          .create();

  private Json() {}

  /**
   * An unknown value of an enum reads as null: the generated adapters throw, and a paid answer must
   * not be lost over one.
   */
  private static final class UnknownEnums implements TypeAdapterFactory {
    @Override
    public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
      if (!type.getRawType().isEnum()) return null;
      TypeAdapter<T> known = gson.getDelegateAdapter(this, type);
      return new TypeAdapter<>() {
        @Override
        public void write(JsonWriter out, T value) throws IOException {
          if (value == null) out.nullValue();
          else known.write(out, value);
        }

        @Override
        public T read(JsonReader in) {
          JsonElement value = JsonParser.parseReader(in);
          try {
            return known.fromJsonTree(value);
          } catch (RuntimeException unknown) {
            return null;
          }
        }
      };
    }
  }
}
