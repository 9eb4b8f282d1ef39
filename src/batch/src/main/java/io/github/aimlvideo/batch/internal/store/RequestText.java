package io.github.aimlvideo.batch.internal.store;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Requests as text. An image is an object with one property: a URL, a file, or an image in the
 * database. A file is named where one machine has the batch; for several machines its content goes
 * to the database.
 */
final class RequestText {
  static final String IMAGE = "$image";
  static final String BARE = "$bareBase64";
  static final String UNTYPED = "$untyped";
  static final String STORED = "stored:";

  /** PostgreSQL has no longer values in an index. */
  private static final int MAX_KIND = 500;

  /** The price may depend on the length of what they name. */
  private static final Pattern MEDIA_URL = Pattern.compile(".*(video|audio).*urls?");

  /** Properties that do not change the price. */
  private static final Pattern NOT_PRICED =
      Pattern.compile(
          "(.*_)?(prompt|images?|masks?|frame|picture|photo)(_(url|urls|image))?|(.*_)?urls?"
              + "|seed|cfg_scale");

  private final Optional<Path> folder;

  /**
   * @param folder that the fingerprint names files relative to; empty to store files
   */
  RequestText(Optional<Path> folder) {
    this.folder = folder.map(path -> path.toAbsolutePath().normalize());
  }

  /** Stores an image that is not a URL, and returns its hash. */
  interface Images {
    String store(Image image);
  }

  /** Sets what the row has of its request; does not write the row. */
  void set(Row row, VideoRequest request, Images images) {
    Gson gson =
        new GsonBuilder()
            .disableHtmlEscaping()
            .registerTypeAdapter(
                Image.class,
                (JsonSerializer<Image>) (image, type, context) -> reference(images, image))
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

  private JsonElement reference(Images images, Image image) {
    JsonObject reference = new JsonObject();
    Optional<Path> file = folder.isPresent() ? image.file() : Optional.empty();
    String text =
        image
            .url()
            .or(() -> file.map(path -> path.toAbsolutePath().normalize().toUri().toString()))
            .orElseGet(() -> STORED + images.store(image));
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

  static Optional<Path> file(String reference) {
    return reference.startsWith("file:")
        ? Optional.of(Path.of(URI.create(reference)))
        : Optional.empty();
  }

  /**
   * The properties that the price may depend on: numbers, choices, videos and audio; no texts, no
   * images.
   */
  private static String kind(JsonObject json) {
    Map<String, JsonElement> kind = new TreeMap<>(json.asMap());
    kind.keySet().remove(UNTYPED);
    kind.entrySet()
        .removeIf(
            it ->
                !MEDIA_URL.matcher(it.getKey()).matches()
                    && (NOT_PRICED.matcher(it.getKey()).matches()
                        || !it.getValue().isJsonPrimitive()));
    String text = kind.toString();
    return text.length() > MAX_KIND ? hash(text) : text;
  }
}
