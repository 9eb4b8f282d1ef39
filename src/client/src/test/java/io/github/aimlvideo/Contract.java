package io.github.aimlvideo;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** A contract as plain data, so that tests cover what is added to it. */
public final class Contract {
  private static final String PATH = "/v2/video/generations";

  private final JsonObject root;

  private Contract(JsonObject root) {
    this.root = root;
  }

  /** The contract of the project; the tests run in the folder of the module. */
  static Contract checkedIn() {
    return read(Path.of("../../openapi/aiml-video.yaml"));
  }

  /** Reads a contract from YAML. */
  public static Contract read(Path file) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE); // a contract with a hundred models has megabytes
    options.setMaxAliasesForCollections(Integer.MAX_VALUE);
    options.setNestingDepthLimit(Integer.MAX_VALUE); // the tools refuse what is nested too deep
    try (Reader yaml = Files.newBufferedReader(file)) {
      return new Contract(
          new Gson().toJsonTree(new Yaml(options).<Object>load(yaml)).getAsJsonObject());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** An example of a response. */
  record Example(String method, int status, String name) {}

  List<Example> examples() {
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

  /** The words that end a generation, by their meaning. */
  Map<String, List<String>> terminalWords() {
    JsonElement words =
        root.getAsJsonObject("components")
            .getAsJsonObject("schemas")
            .getAsJsonObject("VideoGenerationResponse")
            .getAsJsonObject("properties")
            .getAsJsonObject("status")
            .get("x-terminal-values");
    return new Gson().fromJson(words, new TypeToken<Map<String, List<String>>>() {});
  }

  /** The examples of requests. */
  Stream<JsonElement> requests() {
    return requestContent().getAsJsonObject("examples").entrySet().stream()
        .map(example -> resolved(example.getValue()).getAsJsonObject().get("value"));
  }

  /** The canaries for the request of each model. */
  public Stream<Canaries> canaries() {
    JsonArray requests = requestContent().getAsJsonObject("schema").getAsJsonArray("oneOf");
    return requests.asList().stream()
        .map(this::resolved)
        .map(schema -> new Canaries(schema.getAsJsonObject()));
  }

  private JsonObject requestContent() {
    return json(operations().getAsJsonObject("post").get("requestBody"));
  }

  private JsonObject operations() {
    return root.getAsJsonObject("paths").getAsJsonObject(PATH);
  }

  /** The JSON content of a request or response. */
  private JsonObject json(JsonElement body) {
    JsonObject object = body.getAsJsonObject();
    if (object.has("$ref")) object = target(object);
    return object.getAsJsonObject("content").getAsJsonObject("application/json");
  }

  /** Without references. */
  private JsonElement resolved(JsonElement element) {
    if (element instanceof JsonArray array) {
      JsonArray copy = new JsonArray();
      array.forEach(item -> copy.add(resolved(item)));
      return copy;
    }
    if (!(element instanceof JsonObject object)) return element;
    // a property may have this name too
    if (object.get("$ref") instanceof JsonPrimitive) return resolved(target(object));
    JsonObject copy = new JsonObject();
    object.entrySet().forEach(entry -> copy.add(entry.getKey(), resolved(entry.getValue())));
    return copy;
  }

  private JsonObject target(JsonObject reference) {
    JsonObject object = root;
    for (String step : reference.get("$ref").getAsString().substring(2).split("/")) {
      object = object.getAsJsonObject(step);
    }
    return object;
  }
}
