package io.github.aimlvideo.cli.request;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.cli.ErrorMessage;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads requests for any model from JSON. An image in it is a URL, a data URI, Base64 or a file in
 * a folder.
 */
public final class JsonRequestReader {
  /** The names that the vendor's models give to properties with images. */
  private static final Pattern IMAGE_NAME =
      Pattern.compile("(.*_)?(image|images|mask|frame|picture|photo)(_(url|urls|image))?");

  /** Replaces an image that cannot be used, so that it is not reported as missing too. */
  private static final Image PLACEHOLDER = Image.url("https://image.invalid/");

  private static final int MAX_PATH = 4096;

  private final ImageFiles files;

  /** Finds the images that a request names as files. */
  @FunctionalInterface
  public interface ImageFiles {
    /**
     * The image in a file.
     *
     * @throws IllegalArgumentException if there is none
     */
    Image image(String file);
  }

  /** A reader for images in these files. */
  public JsonRequestReader(ImageFiles files) {
    this.files = files;
  }

  /**
   * A reader for images relative to {@code folder}.
   *
   * @param inputs receives the files of the images
   */
  public JsonRequestReader(Path folder, InputFiles inputs) {
    this(
        file -> {
          Path path = folder.resolve(file);
          Image image = Image.file(path);
          inputs.add(path);
          return image;
        });
  }

  /**
   * Reads a request.
   *
   * @param json a request with its model, as in the vendor's documentation
   * @param violations receives a line for each image that cannot be used, such as {@code image_url:
   *     no such file: fox.png}; the request must not be sent then
   * @throws IllegalArgumentException if there is no model
   */
  public UntypedVideoRequest read(JsonObject json, List<String> violations) {
    UntypedVideoRequest request = UntypedVideoRequest.of(json);
    for (String name : List.copyOf(request.properties().keySet())) {
      request = request.with(name, value(name, name, json.get(name), violations));
    }
    return request;
  }

  /** The value with images instead of the strings that name them. */
  Object value(String place, String name, JsonElement json, List<String> violations) {
    if (json instanceof JsonObject object) return object(place, object, violations);
    if (json instanceof JsonArray array) {
      List<Object> values = new ArrayList<>();
      for (JsonElement item : array) {
        values.add(value(place + "[" + values.size() + "]", name, item, violations));
      }
      return values;
    }
    boolean isString = json.isJsonPrimitive() && json.getAsJsonPrimitive().isString();
    return isString && IMAGE_NAME.matcher(name).matches()
        ? image(place, json.getAsString(), violations)
        : json;
  }

  private Map<String, Object> object(String place, JsonObject object, List<String> violations) {
    Map<String, Object> values = new LinkedHashMap<>();
    boolean isImage = new JsonPrimitive("image").equals(object.get("type"));
    object
        .asMap()
        .forEach(
            (key, value) -> {
              String name = isImage && key.equals("url") ? "image_url" : key;
              values.put(key, value(place + "." + key, name, value, violations));
            });
    return values;
  }

  /** The image that a string names, or a placeholder and a violation. */
  Image image(String place, String text, List<String> violations) {
    try {
      if (text.isBlank()) throw new IllegalArgumentException("no image given");
      boolean file =
          !text.contains("://") && !text.startsWith("data:") && text.length() <= MAX_PATH;
      return !file || Image.isUrl(text) ? Image.url(text) : files.image(text);
    } catch (IllegalArgumentException e) {
      violations.add(
          place
              + ": "
              + (e.getCause() instanceof FileSystemException cause
                  ? ErrorMessage.reason(cause)
                  : e.getMessage()));
      return PLACEHOLDER;
    }
  }
}
