package io.github.aimlvideo.cli.batch.manifest;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoRequest;
import java.nio.file.Path;
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

  private static final Pattern HTTP = Pattern.compile("(?i)https?://");

  public String file() {
    return name + ".mp4";
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
