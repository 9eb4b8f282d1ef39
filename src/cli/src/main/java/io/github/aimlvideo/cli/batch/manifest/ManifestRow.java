package io.github.aimlvideo.cli.batch.manifest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A row of the manifest that can be sent.
 *
 * @param number of the row or line, from 1
 * @param name of the video without {@code .mp4}
 * @param request validated against the contract
 * @param properties of the row, without the name
 * @param folder that image files are relative to
 */
public record ManifestRow(
    int number, String name, VideoRequest request, JsonObject properties, Path folder) {

  /** Properties that do not change the price. */
  private static final Pattern NOT_PRICED =
      Pattern.compile(
          "(.*_)?(prompt|images?|masks?|frame|picture|photo)(_(url|urls|image))?|(.*_)?urls?"
              + "|seed|cfg_scale");

  private static final Pattern HTTP = Pattern.compile("(?i)https?://");

  /** A row that only the journal has. Its price tells nothing about that of another one. */
  public static ManifestRow removed(String name) {
    JsonObject properties = new JsonObject();
    properties.addProperty("model", "row " + name);
    return new ManifestRow(0, name, UntypedVideoRequest.of(properties), properties, Path.of(""));
  }

  /** A hash of the request; the order of its properties does not matter. */
  public String fingerprint() {
    TreeMap<String, JsonElement> sorted = new TreeMap<>(properties.asMap());
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(sorted.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  public String file() {
    return name + ".mp4";
  }

  /** The properties that the price may depend on: numbers and choices, no texts and images. */
  public String kind() {
    Map<String, JsonElement> kind = new TreeMap<>(properties.asMap());
    kind.keySet().removeIf(property -> NOT_PRICED.matcher(property).matches());
    kind.values().removeIf(value -> !value.isJsonPrimitive());
    return kind.toString();
  }

  public @Nullable String prompt() {
    return text("prompt");
  }

  /** A URL or the absolute path of a file; null without {@code image_url}. */
  public @Nullable String image() {
    String image = text("image_url");
    if (image == null || image.contains("://") || Image.isUrl(image)) return image;
    return folder.resolve(image).toAbsolutePath().normalize().toString();
  }

  /** Whether an image is in the manifest itself, as a data URI or Base64. */
  public static boolean isInline(String image) {
    return Image.isUrl(image) && !HTTP.matcher(image).lookingAt();
  }

  private @Nullable String text(String property) {
    return properties.get(property) instanceof JsonPrimitive text ? text.getAsString() : null;
  }
}
