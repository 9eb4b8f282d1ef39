package io.github.aimlvideo.internal.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.aimlvideo.internal.core.Failures;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the body of an error says of single properties: objects with a path and a message, at any
 * place, also in a text that is JSON.
 */
public final class FieldErrors {
  private static final int MAX_ERRORS = 20;
  private static final int MAX_DEPTH = 12;

  private final Set<String> found = new LinkedHashSet<>();

  private FieldErrors() {}

  /** Such as {@code dynamic_masks[0].mask: Required}; at most 20. */
  public static List<String> of(String body) {
    FieldErrors errors = new FieldErrors();
    errors.parse(body, 0);
    return List.copyOf(errors.found);
  }

  private void parse(String text, int depth) {
    if (!text.stripLeading().startsWith("{") && !text.stripLeading().startsWith("[")) return;
    try {
      read(JsonParser.parseString(text), depth);
    } catch (JsonParseException | IllegalStateException e) {
      // no JSON, no fields
    }
  }

  private void read(JsonElement json, int depth) {
    if (depth > MAX_DEPTH || found.size() >= MAX_ERRORS) return;
    if (json instanceof JsonArray array) array.forEach(item -> read(item, depth + 1));
    if (json instanceof JsonPrimitive value && value.isString()) parse(value.getAsString(), depth);
    if (!(json instanceof JsonObject object)) return;
    String path = path(object);
    String message = text(object, "message") + text(object, "msg");
    if (path.isEmpty() || message.isBlank()) {
      object.asMap().values().forEach(item -> read(item, depth + 1));
    } else {
      found.add(Failures.shortened(path + ": " + message));
    }
  }

  /** Empty unless it is a list of names and indices. */
  private static String path(JsonObject object) {
    JsonElement parts = object.has("path") ? object.get("path") : object.get("loc");
    if (!(parts instanceof JsonArray array)) return "";
    List<JsonElement> names = new ArrayList<>(array.asList());
    boolean inBody = names.size() > 1 && names.get(0).equals(new JsonPrimitive("body"));
    if (inBody) names.remove(0);
    StringBuilder path = new StringBuilder();
    for (JsonElement name : names) {
      if (!(name instanceof JsonPrimitive part)) return "";
      String text = part.getAsString();
      if (text.matches("\\d+")) path.append('[').append(text).append(']');
      else path.append(path.isEmpty() ? "" : ".").append(text);
    }
    return path.toString();
  }

  /** The value of a property; empty if it has none, or no plain one. */
  static String text(JsonObject parent, String name) {
    return parent.get(name) instanceof JsonPrimitive value ? value.getAsString() : "";
  }
}
