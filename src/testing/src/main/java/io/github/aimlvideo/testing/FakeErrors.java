package io.github.aimlvideo.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lists of errors of a script, and how many of each have happened. */
final class FakeErrors {
  private final JsonObject script;
  private final Map<String, Integer> taken = new HashMap<>();

  FakeErrors(JsonObject script) {
    this.script = script;
  }

  /** Takes the next error out of a list; null if none is left. */
  @Nullable JsonObject next(String list) {
    JsonArray errors = script.has(list) ? script.getAsJsonArray(list) : new JsonArray();
    int rest = taken.merge(list, 1, Integer::sum);
    for (JsonElement error : errors) {
      rest -= error.getAsJsonObject().get("times").getAsInt();
      if (rest <= 0) return error.getAsJsonObject();
    }
    return null;
  }
}
