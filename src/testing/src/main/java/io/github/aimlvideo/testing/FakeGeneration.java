package io.github.aimlvideo.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A generation of the fake and how far its script has got; the same as in the mock. */
final class FakeGeneration {
  private final JsonObject script;
  private final Map<String, Integer> taken = new HashMap<>();
  private @Nullable RecordedCreate create;
  private long createdAt;

  FakeGeneration(GenerationScript script) {
    this.script = script.json();
  }

  void created(RecordedCreate create, long now) {
    this.create = create;
    createdAt = now;
  }

  RecordedCreate create() {
    if (create == null) throw new IllegalStateException("not created");
    return create;
  }

  Duration latency() {
    return script.has("latency") ? seconds(script, "latency") : Duration.ZERO;
  }

  boolean endsWithVideo() {
    return isCompleted(script.getAsJsonObject("end"));
  }

  /** Takes the next error out of a list of the script; null if none is left. */
  @Nullable JsonObject nextError(String list) {
    JsonArray errors = script.has(list) ? script.getAsJsonArray(list) : new JsonArray();
    int rest = taken.merge(list, 1, Integer::sum);
    for (JsonElement error : errors) {
      rest -= error.getAsJsonObject().get("times").getAsInt();
      if (rest <= 0) return error.getAsJsonObject();
    }
    return null;
  }

  /** The generation as the API describes it. */
  JsonObject stateAt(long now, String link) {
    JsonObject json = new JsonObject();
    json.addProperty("id", create().generationId());
    JsonObject state = scriptedState(Duration.ofNanos(now - createdAt));
    json.add("status", state.get("status"));
    if (state.has("error")) json.add("error", state.get("error"));
    if (isCompleted(state)) {
      JsonObject video = new JsonObject();
      video.addProperty("url", link);
      json.add("video", video);
    }
    return json;
  }

  private JsonObject scriptedState(Duration age) {
    JsonArray states = script.has("states") ? script.getAsJsonArray("states") : new JsonArray();
    Duration until = Duration.ZERO;
    for (JsonElement state : states) {
      until = until.plus(seconds(state.getAsJsonObject(), "seconds"));
      if (age.compareTo(until) < 0) return state.getAsJsonObject();
    }
    return script.getAsJsonObject("end");
  }

  private static boolean isCompleted(JsonObject state) {
    return state.get("status").getAsString().equals("completed");
  }

  private static Duration seconds(JsonObject json, String name) {
    return Duration.ofMillis(Math.round(json.get(name).getAsDouble() * 1e3));
  }
}
