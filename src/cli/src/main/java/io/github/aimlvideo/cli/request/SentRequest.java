package io.github.aimlvideo.cli.request;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.cli.terminal.TerminalText;
import java.util.List;
import java.util.function.Function;

/** What a request sends, with type and size of its images instead of their content. */
public final class SentRequest {
  private static final Gson FOR_PROGRAMS = gson(SentRequest::json);
  private static final Gson FOR_PERSONS = gson(image -> new JsonPrimitive(text(image)));
  private static final int MAX_URI = 60;

  private SentRequest() {}

  private static Gson gson(Function<Image, JsonElement> images) {
    JsonSerializer<Image> serializer = (image, type, context) -> images.apply(image);
    return new GsonBuilder()
        .disableHtmlEscaping()
        .registerTypeAdapter(Image.class, serializer)
        .create();
  }

  /** The body; an image with content is an object with its type and size. */
  public static JsonObject toJson(VideoRequest request) {
    return properties(request, FOR_PROGRAMS);
  }

  /** The body with a text for each image, such as the name of a file. */
  public static JsonObject toJson(VideoRequest request, Function<Image, String> images) {
    return properties(request, gson(image -> new JsonPrimitive(images.apply(image))));
  }

  /** A line for each property. */
  public static List<String> lines(VideoRequest request) {
    return properties(request, FOR_PERSONS).entrySet().stream()
        .map(each -> TerminalText.message(each.getKey() + ": " + text(each.getValue())))
        .toList();
  }

  private static JsonObject properties(VideoRequest request, Gson gson) {
    if (!(request instanceof UntypedVideoRequest untyped)) {
      return gson.toJsonTree(request).getAsJsonObject();
    }
    JsonObject json = new JsonObject();
    json.addProperty("model", untyped.getModel());
    untyped.properties().forEach((name, value) -> json.add(name, gson.toJsonTree(value)));
    return json;
  }

  private static String text(JsonElement value) {
    return value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }

  private static JsonElement json(Image image) {
    if (image.type().isEmpty()) return new JsonPrimitive(uri(image));
    JsonObject json = new JsonObject();
    image.file().ifPresent(file -> json.addProperty("file", file.toString()));
    describe(image, json);
    return json;
  }

  /** Adds the type and the size of an image with content, as far as they are known. */
  public static void describe(Image image, JsonObject json) {
    image.mediaType().ifPresent(type -> json.addProperty("type", type));
    json.addProperty("bytes", image.byteCount());
    image
        .size()
        .ifPresent(
            size -> {
              json.addProperty("width", size.width());
              json.addProperty("height", size.height());
            });
  }

  /** Such as {@code fox.png (image/png, 1500000 bytes, 1024x768 pixels)}. */
  private static String text(Image image) {
    if (image.type().isEmpty()) return uri(image);
    return image.file().map(file -> file + " ").orElse("")
        + "("
        + image.mediaType().orElse("")
        + ", "
        + image.byteCount()
        + " bytes"
        + image.size().map(size -> ", " + size + " pixels").orElse("")
        + ")";
  }

  /** A URL; of an image in a data URI whose type is not known here, its beginning. */
  private static String uri(Image image) {
    String uri = image.url().orElse("");
    boolean isData = uri.regionMatches(true, 0, "data:", 0, 5);
    if (!isData || uri.length() <= MAX_URI) return uri;
    return uri.substring(0, MAX_URI) + "... (" + uri.length() + " characters)";
  }
}
