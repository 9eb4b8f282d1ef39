package io.github.aimlvideo.cli.batch;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.aimlvideo.Image;
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
 * @param number as a spreadsheet or an editor counts
 * @param name what its film is called, but for {@code .mp4}
 * @param request checked against the contract
 * @param said what the manifest says, without the name
 * @param folder where its pictures are
 */
record Row(int number, String name, VideoRequest request, JsonObject said, Path folder) {

  private static final Pattern FREE =
      Pattern.compile(".*(prompt|image|mask|frame|picture|photo|url|seed|cfg_scale).*");

  /** The same for the same request, wherever it stands in the manifest. */
  String fingerprint() {
    TreeMap<String, JsonElement> sorted = new TreeMap<>(said.asMap());
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(sorted.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  String file() {
    return name + ".mp4";
  }

  /** All that credits may depend on: every number and choice, no text and no picture. */
  String kind() {
    Map<String, JsonElement> kind = new TreeMap<>(said.asMap());
    kind.keySet().removeIf(property -> FREE.matcher(property).matches());
    kind.values().removeIf(value -> !value.isJsonPrimitive());
    return kind.toString();
  }

  @Nullable String prompt() {
    return text("prompt");
  }

  /** A link, or the absolute path of a file; null if the model takes no {@code image_url}. */
  @Nullable String picture() {
    String picture = text("image_url");
    if (picture == null || picture.contains("://") || Image.isUrl(picture)) return picture;
    return folder.resolve(picture).toAbsolutePath().normalize().toString();
  }

  private @Nullable String text(String property) {
    return said.get(property) instanceof JsonPrimitive text ? text.getAsString() : null;
  }
}
