package io.github.aimlvideo.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Makes requests of JSON, for any model. A picture in it that is neither a link nor a data URI is a
 * file in a folder.
 */
public final class JsonRequest {
  /** What the vendor's models call their pictures; the client knows nothing else of a new one. */
  private static final Pattern PICTURE =
      Pattern.compile("(.*_)?(image|images|mask|frame|picture|photo)(_(url|urls|image))?");

  /** Stands for one that cannot be used, lest it is called missing too; never sent. */
  private static final Image NO_PICTURE = Image.url("https://picture.invalid/");

  private final Path folder;

  /** For files that are named relative to {@code folder}. */
  public JsonRequest(Path folder) {
    this.folder = folder;
  }

  /**
   * The request with its pictures.
   *
   * @param json one object with the model in it, as the vendor's documentation shows it
   * @param faults gets a line for each picture that cannot be used, such as {@code image_url: no
   *     such file: fox.png}; the request is then not to be sent
   * @throws IllegalArgumentException if there is no model
   */
  public UntypedVideoRequest of(JsonObject json, List<String> faults) {
    UntypedVideoRequest request = UntypedVideoRequest.of(json);
    for (String name : List.copyOf(request.properties().keySet())) {
      request.with(name, value(name, name, json.get(name), faults));
    }
    return request;
  }

  /** With pictures instead of the texts that name them. */
  Object value(String place, String name, JsonElement json, List<String> faults) {
    if (json instanceof JsonObject object) return object(place, object, faults);
    if (json instanceof JsonArray array) {
      List<Object> values = new ArrayList<>();
      for (JsonElement item : array) {
        values.add(value(place + "[" + values.size() + "]", name, item, faults));
      }
      return values;
    }
    boolean isText = json.isJsonPrimitive() && json.getAsJsonPrimitive().isString();
    return isText && PICTURE.matcher(name).matches()
        ? picture(place, json.getAsString(), faults)
        : json;
  }

  private Map<String, Object> object(String place, JsonObject object, List<String> faults) {
    Map<String, Object> values = new LinkedHashMap<>();
    boolean isImage = new JsonPrimitive("image").equals(object.get("type"));
    object
        .asMap()
        .forEach(
            (key, value) -> {
              String name = isImage && key.equals("url") ? "image_url" : key;
              values.put(key, value(place + "." + key, name, value, faults));
            });
    return values;
  }

  /** The picture that a text names; what is wrong with it goes to the faults. */
  Image picture(String place, String text, List<String> faults) {
    try {
      if (text.isBlank()) throw new IllegalArgumentException("names no picture");
      if (text.contains("://") || Image.isUrl(text)) return Image.url(text);
      return Image.file(folder.resolve(text));
    } catch (IllegalArgumentException e) {
      faults.add(place + ": " + e.getMessage());
      return NO_PICTURE;
    }
  }
}
