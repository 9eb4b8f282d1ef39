package io.github.aimlvideo.internal.json;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.model.GenerationError;
import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;

/** How the contract's classes become JSON and back; absent values are left out. */
public final class Json {
  /** Exactly as the contract says. */
  public static final Gson REQUESTS =
      new GsonBuilder()
          .disableHtmlEscaping()
          .registerTypeAdapter(Image.class, new ImageAdapter())
          .create();

  private static final Gson LENIENT =
      REQUESTS.newBuilder().registerTypeAdapterFactory(new LenientAdapterFactory()).create();

  /** Whatever a server sends: nothing is fatal, as somebody has paid for it. */
  public static final Gson RESPONSES =
      LENIENT
          .newBuilder()
          .registerTypeAdapter(GenerationError.class, new GenerationErrorDeserializer(LENIENT))
          .create();

  private Json() {}

  /** The id of a generation in JSON that may break off behind it. */
  public static Optional<String> idOf(String text) {
    JsonReader in = new JsonReader(new StringReader(text));
    try {
      in.beginObject();
      while (in.hasNext()) {
        boolean id = in.nextName().matches("id|generation_id");
        if (id && in.peek() == JsonToken.STRING) {
          return Optional.of(in.nextString()).filter(value -> !value.isBlank());
        }
        in.skipValue();
      }
    } catch (IOException | IllegalStateException e) {
      // no JSON from here on
    }
    return Optional.empty();
  }
}
