package io.github.aimlvideo.cli.studio;

import com.google.gson.JsonObject;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.cli.request.SentRequest;
import io.github.aimlvideo.cli.studio.http.HttpFailure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The images of the page, in memory; those that were not used for the longest time go first. */
final class ImageStore {
  static final int MAX_BYTES = 100 << 20;
  private static final long MAX_TOTAL = 512L << 20;
  private static final int ID_BYTES = 16;

  private final Map<String, StoredImage> images = new LinkedHashMap<>(16, 0.75f, true);
  private final long maxTotal;
  private long total;

  /** A store that takes at most half of the memory. */
  ImageStore() {
    this(Math.max(MAX_BYTES, Math.min(MAX_TOTAL, Runtime.getRuntime().maxMemory() / 2)));
  }

  ImageStore(long maxTotal) {
    this.maxTotal = maxTotal;
  }

  /**
   * An image of the page.
   *
   * @param url from which it was fetched, or null
   * @param content its bytes
   * @param image as a request has it
   */
  record StoredImage(
      String id, String name, @Nullable String url, byte[] bytes, Image content, Image image) {
    JsonObject toJson() {
      JsonObject json = new JsonObject();
      json.addProperty("id", id);
      json.addProperty("name", name);
      if (url != null) json.addProperty("url", url);
      SentRequest.describe(content, json);
      return json;
    }

    String type() {
      return content.mediaType().orElseThrow();
    }
  }

  /**
   * Adds an image; the same one again changes nothing.
   *
   * @param url from which it was fetched, or null
   * @throws HttpFailure if it is too large, or not an image
   */
  StoredImage add(String name, @Nullable String url, byte[] bytes) {
    if (bytes.length > MAX_BYTES) throw tooLarge(name);
    Image content;
    try {
      content = Image.bytes(bytes);
    } catch (IllegalArgumentException e) {
      String problem =
          bytes.length == 0 ? "the file is empty" : "not an image (PNG, JPEG, WebP, GIF or BMP)";
      throw new HttpFailure(415, name + ": " + problem);
    }
    Image image = url == null ? content : Image.url(url);
    StoredImage stored = new StoredImage(id(name, url, bytes), name, url, bytes, content, image);
    keep(stored);
    return stored;
  }

  static HttpFailure tooLarge(String name) {
    return new HttpFailure(413, name + " has more than " + (MAX_BYTES >> 20) + " MB");
  }

  private synchronized void keep(StoredImage image) {
    if (images.put(image.id(), image) != null) return;
    total += image.bytes().length;
    Iterator<StoredImage> oldest = images.values().iterator();
    while (total > maxTotal) {
      StoredImage dropped = oldest.next();
      if (dropped == image) return;
      total -= dropped.bytes().length;
      oldest.remove();
    }
  }

  synchronized Optional<StoredImage> find(String id) {
    return Optional.ofNullable(images.get(id));
  }

  /** The name under which the page has an image of a request. */
  synchronized Optional<String> name(Image image) {
    return images.values().stream()
        .filter(stored -> stored.image() == image)
        .map(StoredImage::name)
        .findFirst();
  }

  /** An image that was fetched from a URL. */
  synchronized Optional<StoredImage> fetched(String url) {
    return images.values().stream().filter(stored -> url.equals(stored.url())).findFirst();
  }

  /** By content, so that a page may keep what it loaded for good. */
  private static String id(String name, @Nullable String url, byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((name + "\n" + url + "\n").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(bytes), 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
