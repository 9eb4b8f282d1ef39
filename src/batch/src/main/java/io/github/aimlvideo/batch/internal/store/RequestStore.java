package io.github.aimlvideo.batch.internal.store;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.batch.internal.database.Database;
import io.github.aimlvideo.batch.internal.database.Session;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Requests as text, and back. An image is an object with one property: a URL, a file, or an image
 * in the database. A file is named where one machine has the batch; for several machines its
 * content goes to the database.
 */
public final class RequestStore {
  private static final String IMAGE = "$image";
  private static final String BARE = "$bareBase64";
  private static final String UNTYPED = "$untyped";
  private static final String STORED = "stored:";

  /** PostgreSQL has no longer values in an index. */
  private static final int MAX_KIND = 500;

  /** Properties that do not change the price. */
  private static final Pattern NOT_PRICED =
      Pattern.compile(
          "(.*_)?(prompt|images?|masks?|frame|picture|photo)(_(url|urls|image))?|(.*_)?urls?"
              + "|seed|cfg_scale");

  private final Database database;
  private final Optional<Path> folder;

  /**
   * @param folder that the fingerprint names files relative to; empty to store files
   */
  RequestStore(Database database, Optional<Path> folder) {
    this.database = database;
    this.folder = folder.map(path -> path.toAbsolutePath().normalize());
  }

  /** Sets what the row has of its request. Stores images; does not write the row. */
  void set(Session session, Row row, VideoRequest request) {
    Gson gson =
        new GsonBuilder()
            .disableHtmlEscaping()
            .registerTypeAdapter(
                Image.class,
                (JsonSerializer<Image>) (image, type, context) -> reference(session, image))
            .create();
    JsonObject json;
    if (request instanceof UntypedVideoRequest untyped) {
      json = gson.toJsonTree(untyped.properties()).getAsJsonObject();
      json.addProperty("model", untyped.getModel());
      json.addProperty(UNTYPED, true);
    } else {
      json = gson.toJsonTree(request).getAsJsonObject();
    }
    row.model = request.getModel();
    row.request = gson.toJson(json);
    row.fingerprint = fingerprint(json);
    row.kind = kind(json);
  }

  private JsonElement reference(Session session, Image image) {
    JsonObject reference = new JsonObject();
    Optional<Path> file = folder.isPresent() ? image.file() : Optional.empty();
    String text =
        image
            .url()
            .or(() -> file.map(path -> path.toAbsolutePath().normalize().toUri().toString()))
            .orElseGet(() -> STORED + ImageTable.store(session, image));
    reference.addProperty(IMAGE, text);
    if (image.isBareBase64()) reference.addProperty(BARE, true);
    return reference;
  }

  /** A hash of the request; the order of its properties does not matter. */
  private String fingerprint(JsonObject json) {
    return hash(sorted(json).toString());
  }

  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** With properties in order, and files relative to the folder, which may move with them. */
  private JsonElement sorted(JsonElement json) {
    if (json instanceof JsonArray array) {
      JsonArray items = new JsonArray();
      array.forEach(item -> items.add(sorted(item)));
      return items;
    }
    if (!(json instanceof JsonObject object)) return json;
    JsonObject result = new JsonObject();
    new TreeMap<>(object.asMap()).forEach((name, value) -> result.add(name, sorted(value)));
    if (result.get(IMAGE) instanceof JsonPrimitive image && folder.isPresent()) {
      file(image.getAsString())
          .filter(file -> file.getRoot().equals(folder.get().getRoot()))
          .ifPresent(file -> result.addProperty(IMAGE, folder.get().relativize(file).toString()));
    }
    return result;
  }

  private static Optional<Path> file(String reference) {
    return reference.startsWith("file:")
        ? Optional.of(Path.of(URI.create(reference)))
        : Optional.empty();
  }

  /** The properties that the price may depend on: numbers and choices, no texts and images. */
  private static String kind(JsonObject json) {
    Map<String, JsonElement> kind = new TreeMap<>(json.asMap());
    kind.keySet().removeIf(property -> NOT_PRICED.matcher(property).matches());
    kind.keySet().remove(UNTYPED);
    kind.values().removeIf(value -> !value.isJsonPrimitive());
    String text = kind.toString();
    return text.length() > MAX_KIND ? hash(text) : text;
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
    boolean untyped = json.remove(UNTYPED) != null;
    json.remove("model");
    List<Path> temporary = new ArrayList<>();
    UntypedVideoRequest request = new UntypedVideoRequest(row.model);
    for (Map.Entry<String, JsonElement> property : json.entrySet()) {
      request = request.with(property.getKey(), value(property.getValue(), temporary));
    }
    return new Restored(untyped ? request : request.toTyped(), temporary);
  }

  private Object value(JsonElement json, List<Path> temporary) {
    if (json instanceof JsonArray array) {
      List<Object> items = new ArrayList<>();
      array.forEach(item -> items.add(value(item, temporary)));
      return items;
    }
    if (!(json instanceof JsonObject object)) return json;
    if (object.get(IMAGE) instanceof JsonPrimitive reference) {
      Image image = image(reference.getAsString(), temporary);
      return object.has(BARE) ? image.bareBase64() : image;
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    object.asMap().forEach((name, value) -> properties.put(name, value(value, temporary)));
    return properties;
  }

  private Image image(String reference, List<Path> temporary) {
    if (!reference.startsWith(STORED))
      return file(reference).map(Image::file).orElseGet(() -> Image.url(reference));
    String hash = reference.substring(STORED.length());
    Path file = ImageTable.copy(database, hash);
    temporary.add(file);
    return Image.file(file);
  }
}
