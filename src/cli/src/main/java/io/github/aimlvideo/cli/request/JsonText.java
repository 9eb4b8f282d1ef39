package io.github.aimlvideo.cli.request;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashSet;
import java.util.Set;

/** JSON that a user wrote. */
public final class JsonText {
  private JsonText() {}

  /**
   * The JSON in a text; no object in it may have a name twice, as only one of the values would be
   * sent.
   *
   * @throws JsonParseException if it is not JSON
   * @throws IllegalArgumentException if a name occurs twice; the message names it
   */
  public static JsonElement parse(String text) {
    JsonElement json = JsonParser.parseString(text);
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.LENIENT); // as the parser is
    try {
      checkNames(reader);
    } catch (IOException e) {
      throw new JsonParseException(e);
    }
    return json;
  }

  private static void checkNames(JsonReader in) throws IOException {
    switch (in.peek()) {
      case BEGIN_OBJECT -> {
        Set<String> names = new HashSet<>();
        in.beginObject();
        while (in.hasNext()) {
          boolean isNew = names.add(in.nextName());
          if (!isNew) throw new IllegalArgumentException(place(in) + " occurs twice");
          checkNames(in);
        }
        in.endObject();
      }
      case BEGIN_ARRAY -> {
        in.beginArray();
        while (in.hasNext()) checkNames(in);
        in.endArray();
      }
      case END_DOCUMENT -> {}
      default -> in.skipValue();
    }
  }

  /** Such as {@code masks[0].x}, from {@code $.masks[0].x}. */
  private static String place(JsonReader in) {
    return in.getPath().replaceFirst("^\\$\\.?", "");
  }
}
