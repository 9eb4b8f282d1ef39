package io.github.aimlvideo.batch.internal.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.batch.internal.database.Database;
import io.github.aimlvideo.batch.internal.database.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests as {@link RequestText}, and back. */
public final class RequestStore {
  private final Database database;
  private final RequestText text;

  /**
   * @param folder that the fingerprint names files relative to; empty to store files
   */
  RequestStore(Database database, Optional<Path> folder) {
    this.database = database;
    text = new RequestText(folder);
  }

  /** Sets what the row has of its request. Stores images; does not write the row. */
  void set(Session session, Row row, VideoRequest request) {
    text.set(row, request, image -> ImageTable.store(session, image));
  }

  /** A request that can be sent, and the images that were copied for it. */
  public record Restored(VideoRequest request, List<Path> temporary) {}

  /**
   * Makes the request of a row again.
   *
   * @throws IllegalArgumentException if an image is gone, or is not an image any more
   */
  public Restored restore(Row row) {
    JsonObject json = JsonParser.parseString(row.request).getAsJsonObject();
    boolean untyped = json.remove(RequestText.UNTYPED) != null;
    json.remove("model");
    List<Path> temporary = new ArrayList<>();
    UntypedVideoRequest request = new UntypedVideoRequest(row.model);
    for (Map.Entry<String, JsonElement> property : json.entrySet()) {
      request = request.with(property.getKey(), value(property.getValue(), temporary));
    }
    return new Restored(untyped ? request : request.toTyped(), temporary);
  }

  /** What the price of a row may depend on; its images need not be there. */
  public static UntypedVideoRequest withoutImages(Row row) {
    JsonObject json = JsonParser.parseString(row.request).getAsJsonObject();
    json.remove(RequestText.UNTYPED);
    json.remove("model");
    UntypedVideoRequest request = new UntypedVideoRequest(row.model);
    for (Map.Entry<String, JsonElement> property : json.entrySet()) {
      if (property.getValue().isJsonPrimitive())
        request = request.with(property.getKey(), property.getValue());
    }
    return request;
  }

  private Object value(JsonElement json, List<Path> temporary) {
    if (json instanceof JsonArray array) {
      List<Object> items = new ArrayList<>();
      array.forEach(item -> items.add(value(item, temporary)));
      return items;
    }
    if (!(json instanceof JsonObject object)) return json;
    if (object.get(RequestText.IMAGE) instanceof JsonPrimitive reference) {
      Image image = image(reference.getAsString(), temporary);
      return object.has(RequestText.BARE) ? image.bareBase64() : image;
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    object.asMap().forEach((name, value) -> properties.put(name, value(value, temporary)));
    return properties;
  }

  private Image image(String reference, List<Path> temporary) {
    if (!reference.startsWith(RequestText.STORED))
      return RequestText.file(reference).map(Image::file).orElseGet(() -> Image.url(reference));
    String hash = reference.substring(RequestText.STORED.length());
    Path file = ImageTable.copy(database, hash);
    temporary.add(file);
    return Image.file(file);
  }
}
