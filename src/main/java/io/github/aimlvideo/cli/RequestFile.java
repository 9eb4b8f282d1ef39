package io.github.aimlvideo.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.ModelRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A whole request in a JSON file, for any model. A picture in it that is neither a link nor a data
 * URI is a file, relative to the JSON file.
 */
final class RequestFile {
  /** What the vendor's models call their pictures; the client knows nothing else of a new one. */
  private static final Pattern PICTURE =
      Pattern.compile("(.*_)?(image|images|mask|frame|picture|photo)(_(url|urls|image))?");

  private final String name;
  private final Path folder;

  private RequestFile(String name, Path folder) {
    this.name = name;
    this.folder = folder;
  }

  /**
   * Reads a file, or standard input for {@code -}, from where pictures are relative to the current
   * folder.
   *
   * @throws IllegalArgumentException if it cannot be read or is no request; the message says why
   */
  static ModelRequest read(String name) {
    try {
      if (name.equals("-")) return new RequestFile("standard input", Path.of("")).parse(input());
      Path file = Path.of(name);
      Path folder = file.toAbsolutePath().getParent();
      return new RequestFile(name, folder).parse(Files.readString(file));
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException("--request: cannot read " + name + ": " + e, e);
    }
  }

  private static String input() throws IOException {
    return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
  }

  private ModelRequest parse(String text) {
    try {
      if (!(JsonParser.parseString(text) instanceof JsonObject json)) {
        throw new IllegalArgumentException("--request: no JSON object: " + name);
      }
      ModelRequest request = ModelRequest.of(json);
      // a copy, as it is changed on the way
      Map.copyOf(request.properties())
          .forEach(
              (property, value) -> request.with(property, value(property, (JsonElement) value)));
      return request;
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("--request: no JSON: " + name + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      if (e.getMessage().startsWith("--request")) throw e;
      throw new IllegalArgumentException("--request: " + name + ": " + e.getMessage(), e);
    }
  }

  /** With pictures instead of the texts that name them. */
  private Object value(String property, JsonElement json) {
    if (json instanceof JsonObject object) {
      Map<String, Object> values = new LinkedHashMap<>();
      boolean isImage = new JsonPrimitive("image").equals(object.get("type"));
      object
          .entrySet()
          .forEach(
              entry -> {
                boolean url = isImage && entry.getKey().equals("url");
                String name = url ? "image_url" : entry.getKey();
                values.put(entry.getKey(), value(name, entry.getValue()));
              });
      return values;
    }
    if (json instanceof JsonArray array) {
      List<Object> values = new ArrayList<>();
      array.forEach(item -> values.add(value(property, item)));
      return values;
    }
    boolean isText = json.isJsonPrimitive() && json.getAsJsonPrimitive().isString();
    return isText && PICTURE.matcher(property).matches() ? picture(json.getAsString()) : json;
  }

  private Image picture(String text) {
    if (text.contains("://") || Image.isUrl(text)) return Image.url(text);
    return Image.file(folder.resolve(text));
  }
}
