package io.github.aimlvideo;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The checked-in contract as plain data: what it says is tested, whatever is added to it. */
final class Contract {
  private static final JsonObject ROOT = load();

  private Contract() {}

  /** An answer that has an example. */
  record Example(String method, int status, String name) {}

  /** A request body with one value of a wrong type. */
  record Canary(String place, JsonElement body) {
    @Override
    public String toString() {
      return place;
    }
  }

  static List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    for (String method : operations().keySet()) {
      JsonObject responses = operations().getAsJsonObject(method).getAsJsonObject("responses");
      for (String status : responses.keySet()) {
        for (String name : json(responses.get(status)).getAsJsonObject("examples").keySet()) {
          examples.add(new Example(method, Integer.parseInt(status), name));
        }
      }
    }
    return examples;
  }

  /** The requests that have been given as examples. */
  static Stream<JsonElement> requests() {
    return requestContents()
        .flatMap(content -> content.getAsJsonObject("examples").entrySet().stream())
        .map(example -> resolved(example.getValue()).get("value"));
  }

  /** For each request schema a body that has every property. */
  static Stream<JsonElement> bodies() {
    return requestSchemas().map(Contract::sample);
  }

  /** For each request schema, and each place in it, that body with a wrong type at the place. */
  static Stream<Canary> canaries() {
    List<Canary> canaries = new ArrayList<>();
    requestSchemas()
        .forEach(
            schema -> {
              String title = schema.get("title").getAsString();
              spoil(schema, title, sample(schema), canaries::add);
            });
    return canaries.stream();
  }

  private static JsonElement sample(JsonObject schema) {
    if (schema.has("enum")) return schema.getAsJsonArray("enum").get(0);
    switch (type(schema)) {
      case "object":
        JsonObject object = new JsonObject();
        JsonObject properties = schema.getAsJsonObject("properties");
        properties.keySet().forEach(n -> object.add(n, sample(properties.getAsJsonObject(n))));
        return object;
      case "array":
        JsonArray array = new JsonArray();
        int length = schema.has("minItems") ? schema.get("minItems").getAsInt() : 1;
        while (array.size() < length) array.add(sample(schema.getAsJsonObject("items")));
        return array;
      case "string":
        return new JsonPrimitive(schema.has("format") ? "https://example.com/picture.png" : "text");
      case "integer", "number":
        return schema.has("minimum") ? schema.get("minimum") : new JsonPrimitive(1);
      default:
        throw new AssertionError("a type that the canary does not know: " + schema);
    }
  }

  /** Puts a wrong type at this place, and then at each place below it. */
  private static void spoil(
      JsonObject schema, String place, JsonElement sample, Consumer<Canary> found) {
    boolean text = type(schema).equals("string");
    found.accept(new Canary(place, text ? new JsonPrimitive(7) : new JsonPrimitive("text")));
    if (sample instanceof JsonObject object) {
      for (String name : object.keySet()) {
        spoil(
            schema.getAsJsonObject("properties").getAsJsonObject(name),
            place + "." + name,
            object.get(name),
            canary -> {
              JsonObject copy = object.deepCopy();
              copy.add(name, canary.body());
              found.accept(new Canary(canary.place(), copy));
            });
      }
    } else if (sample instanceof JsonArray array) {
      spoil(
          schema.getAsJsonObject("items"),
          place + "[0]",
          array.get(0),
          canary -> {
            JsonArray copy = array.deepCopy();
            copy.set(0, canary.body());
            found.accept(new Canary(canary.place(), copy));
          });
    }
  }

  private static String type(JsonObject schema) {
    return schema.get("type").getAsString();
  }

  private static Stream<JsonObject> requestSchemas() {
    return requestContents().map(content -> content.getAsJsonObject("schema"));
  }

  private static Stream<JsonObject> requestContents() {
    return operations().entrySet().stream()
        .map(operation -> operation.getValue().getAsJsonObject())
        .filter(operation -> operation.has("requestBody"))
        .map(operation -> json(operation.get("requestBody")));
  }

  private static JsonObject operations() {
    return ROOT.getAsJsonObject("paths").getAsJsonObject("/v2/video/generations");
  }

  /** The JSON content of a request or a response. */
  private static JsonObject json(JsonElement body) {
    return resolved(body).getAsJsonObject("content").getAsJsonObject("application/json");
  }

  private static JsonObject resolved(JsonElement element) {
    JsonObject object = element.getAsJsonObject();
    if (!object.has("$ref")) return object;
    object = ROOT;
    for (String step :
        element.getAsJsonObject().get("$ref").getAsString().substring(2).split("/")) {
      object = object.getAsJsonObject(step);
    }
    return object;
  }

  private static JsonObject load() {
    try (Reader yaml = Files.newBufferedReader(Path.of("openapi", "aiml-video.yaml"))) {
      return new Gson().toJsonTree(new Yaml().<Object>load(yaml)).getAsJsonObject();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
