package io.github.aimlvideo.testing;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.time.Duration;

/** The parts of scripts in JSON, in the format of {@code mock/script.mjs}. */
final class ScriptJson {
  /** A price that is null is removed from the catalogue. */
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private ScriptJson() {}

  /** A copy with another value of a property. */
  static JsonObject set(JsonObject json, String property, JsonElement value) {
    JsonObject changed = json.deepCopy();
    changed.add(property, value);
    return changed;
  }

  /** A copy with one more element in a list. */
  static JsonObject with(JsonObject json, String list, JsonObject element) {
    JsonObject changed = json.deepCopy();
    if (!changed.has(list)) changed.add(list, new JsonArray());
    changed.getAsJsonArray(list).add(element);
    return changed;
  }

  static JsonObject rejection(int status, int times, Duration retryAfter) {
    if (retryAfter.isNegative() || retryAfter.getNano() != 0) {
      throw new IllegalArgumentException("retryAfter must be whole seconds: " + retryAfter);
    }
    JsonObject rejection = rejection(status, times);
    rejection.addProperty("retryAfter", retryAfter.toSeconds());
    return rejection;
  }

  static JsonObject rejection(int status, int times) {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status must be from 400 to 599: " + status);
    }
    JsonObject rejection = error("rejected", times);
    rejection.addProperty("status", status);
    return rejection;
  }

  static JsonObject error(String error, int times) {
    if (times < 1) throw new IllegalArgumentException("times < 1: " + times);
    JsonObject json = new JsonObject();
    json.addProperty("error", error);
    json.addProperty("times", times);
    return json;
  }

  static JsonObject charge(Duration delay) {
    JsonObject charge = new JsonObject();
    charge.add("after", seconds("delay", delay));
    return charge;
  }

  static JsonPrimitive seconds(String name, Duration duration) {
    if (duration.isNegative()) throw new IllegalArgumentException(name + " < 0: " + duration);
    return new JsonPrimitive(duration.toMillis() / 1e3);
  }

  static JsonPrimitive usd(String name, BigDecimal usd) {
    if (usd.signum() < 0) throw new IllegalArgumentException(name + " < 0: " + usd);
    return new JsonPrimitive(usd);
  }

  static String text(JsonObject json) {
    return GSON.toJson(json);
  }
}
