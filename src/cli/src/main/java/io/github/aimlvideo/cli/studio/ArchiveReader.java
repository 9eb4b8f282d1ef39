package io.github.aimlvideo.cli.studio;

import com.google.gson.JsonObject;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.cli.request.JsonRequestReader;
import io.github.aimlvideo.cli.request.SentRequest;
import io.github.aimlvideo.cli.studio.ImageStore.StoredImage;
import io.github.aimlvideo.cli.studio.http.HttpFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Reads a {@link RequestArchive}, or a {@code request.json} alone, from whoever made it. Nothing is
 * unpacked to a disk, and no other file is read.
 */
final class ArchiveReader {
  private static final int MAX_ENTRIES = 100;

  /** Unpacked, in memory. */
  static final int MAX_TOTAL = (int) Math.min(256 << 20, Runtime.getRuntime().maxMemory() / 4);

  private final Map<String, byte[]> files = new HashMap<>();
  private final Map<Image, String> names = new IdentityHashMap<>();
  private final UntypedVideoRequest request;

  /**
   * Reads a ZIP or a JSON object.
   *
   * @throws HttpFailure if it is neither, or too large
   */
  ArchiveReader(byte[] body) {
    boolean isZip = body.length > 3 && body[0] == 'P' && body[1] == 'K';
    if (isZip) unpack(new ByteArrayInputStream(body));
    else files.put(RequestArchive.REQUEST, body);
    String json =
        files.keySet().stream()
            .filter(
                name -> name.substring(name.lastIndexOf('/') + 1).equals(RequestArchive.REQUEST))
            .min(Comparator.comparing(String::length))
            .orElseThrow(() -> invalid("the ZIP has no " + RequestArchive.REQUEST));
    String folder = json.substring(0, json.length() - RequestArchive.REQUEST.length());
    JsonObject object = RequestReader.object(files.getOrDefault(json, new byte[0]));
    List<String> violations = new ArrayList<>();
    request = new JsonRequestReader(file -> image(isZip, folder, file)).read(object, violations);
    if (!violations.isEmpty()) {
      throw invalid(RequestArchive.REQUEST + ": " + String.join("; ", violations));
    }
  }

  private static HttpFailure invalid(String message) {
    return new HttpFailure(400, message);
  }

  private void unpack(InputStream in) {
    try (ZipInputStream zip = new ZipInputStream(in, StandardCharsets.UTF_8)) {
      int left = MAX_TOTAL;
      int entries = 0;
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (++entries > MAX_ENTRIES) throw invalid("the ZIP has more than 100 files");
        byte[] content = zip.readNBytes(left + 1);
        if (content.length > left) {
          throw new HttpFailure(413, "the ZIP has more than " + (MAX_TOTAL >> 20) + " MB unpacked");
        }
        left -= content.length;
        if (!entry.isDirectory()) files.put(checked(entry.getName()), content);
      }
      if (entries == 0) throw invalid("the ZIP is empty or damaged");
    } catch (ZipException | IllegalArgumentException e) {
      throw invalid("the ZIP is damaged");
    } catch (IOException e) {
      throw invalid("the ZIP is incomplete");
    }
  }

  /** A path that leaves the ZIP is no accident. */
  private static String checked(String path) {
    boolean leaves =
        path.startsWith("/")
            || path.contains("\\")
            || path.contains(":")
            || List.of(path.split("/")).contains("..");
    if (leaves) throw invalid("the ZIP has a path that leaves it: " + RequestArchive.safe(path));
    return path;
  }

  private Image image(boolean isZip, String folder, String file) {
    byte[] content = files.get(folder + file);
    if (content == null) {
      throw new IllegalArgumentException(
          isZip
              ? "no such file in the ZIP: " + file
              : "it is in the file " + file + "; import a ZIP that has it");
    }
    Image image;
    try {
      image = Image.bytes(content);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not an image: " + file, e);
    }
    names.put(image, file);
    return image;
  }

  /** The request with its images in memory. */
  UntypedVideoRequest request() {
    return request;
  }

  /** The image that a person knows the request by: the first one that is no mask. */
  Optional<Image> poster() {
    byte[] preview = files.get(RequestArchive.PREVIEW);
    if (preview != null) return Optional.of(Image.bytes(preview));
    List<Image> images = new ArrayList<>();
    RequestArchive.forEachImage(
        request,
        (place, image) -> {
          if (image.type().isPresent() && !place.contains("mask")) images.add(image);
        });
    return images.stream().findFirst();
  }

  /**
   * Puts the images into a store; returns the request as the page has it, and the images.
   *
   * @throws IllegalArgumentException if the request violates the contract: a form would change it
   */
  JsonObject into(ImageStore store) throws IOException {
    VideoRequest checked = request.toTyped();
    Map<Image, String> references = new IdentityHashMap<>();
    JsonObject images = new JsonObject();
    List<Map.Entry<String, Image>> all = new ArrayList<>();
    RequestArchive.forEachImage(request, (place, image) -> all.add(Map.entry(place, image)));
    for (Map.Entry<String, Image> each : all) {
      Image image = each.getValue();
      if (image.type().isEmpty()) continue; // a URL
      String name = RequestArchive.name(each.getKey(), image, names.get(image));
      try (InputStream in = image.open()) {
        StoredImage stored = store.add(name, null, in.readAllBytes());
        references.put(image, RequestReader.reference(stored));
        images.add(stored.id(), stored.toJson());
      }
    }
    JsonObject json = new JsonObject();
    json.add(
        "request",
        SentRequest.toJson(
            checked, image -> references.getOrDefault(image, image.url().orElse(""))));
    json.add("images", images);
    return json;
  }
}
