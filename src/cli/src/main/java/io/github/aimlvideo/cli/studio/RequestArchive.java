package io.github.aimlvideo.cli.studio;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.cli.request.SentRequest;
import io.github.aimlvideo.cli.studio.ImageStore.StoredImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** A request and its images as files: a ZIP that {@code generate --request} takes unpacked. */
final class RequestArchive {
  static final String REQUEST = "request.json";

  /** Without an extension, so that no image of a request has the name. */
  static final String PREVIEW = "preview";

  private static final Gson PRETTY =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
  private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");
  private static final int MAX_NAME = 80;

  private final UntypedVideoRequest request;
  private final ImageStore images;
  private final Map<Image, String> files = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>(Set.of(REQUEST));

  /**
   * @param images has the names of images on the user's machine, and those that were fetched
   */
  RequestArchive(UntypedVideoRequest request, ImageStore images) {
    this.request = request;
    this.images = images;
    forEachImage(
        request,
        (place, image) -> {
          if (image.type().isEmpty()) return; // a URL
          files.computeIfAbsent(image, it -> unique(name(place, it, images.name(it).orElse(null))));
        });
  }

  /** The request with its images. */
  UntypedVideoRequest request() {
    return request;
  }

  /** Calls with the place of each image of a request, such as {@code dynamic_masks[0].mask}. */
  static void forEachImage(UntypedVideoRequest request, BiConsumer<String, Image> images) {
    request.properties().forEach((name, value) -> visit(name, value, images));
  }

  private static void visit(String place, Object value, BiConsumer<String, Image> images) {
    if (value instanceof Image image) {
      images.accept(place, image);
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((name, it) -> visit(place + "." + name, it, images));
    } else if (value instanceof Collection<?> items) {
      int index = 0;
      for (Object item : items) visit(place + "[" + index++ + "]", item, images);
    }
  }

  /** Masks are named by their place, as the page paints them; others as the user has them. */
  static String name(String place, Image image, @Nullable String given) {
    String type = image.type().orElseThrow().name().toLowerCase(Locale.ROOT);
    String extension = "." + (type.equals("jpeg") ? "jpg" : type);
    String name = place.contains("mask") || given == null ? byPlace(place) : safe(given);
    boolean typed = name.matches("(?i).+\\." + (type.equals("jpeg") ? "jpe?g" : type));
    return typed ? name : name + extension;
  }

  /** Such as {@code static-mask} or {@code dynamic-mask-1}. */
  private static String byPlace(String place) {
    StringBuilder name = new StringBuilder(place.replaceAll("\\[.*|_urls?\\b", ""));
    Matcher index = INDEX.matcher(place);
    if (name.toString().endsWith("s") && place.contains("[")) name.setLength(name.length() - 1);
    while (index.find()) name.append('-').append(Long.parseLong(index.group(1)) + 1);
    return safe(name.toString().replace('_', '-'));
  }

  /** A name without folders, that no shell or file system misunderstands. */
  static String safe(String name) {
    String safe =
        name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
            .replaceAll("[^\\p{L}\\p{N}._-]+", "-")
            .replaceFirst("^[._-]+", "");
    int begin = Math.max(0, safe.length() - MAX_NAME); // the end has the extension
    return safe.isEmpty() ? "image" : safe.substring(begin).replaceFirst("^[._-]+", "");
  }

  private String unique(String name) {
    String stem = name.replaceFirst("\\.[^.]*$", "");
    String extension = name.substring(stem.length());
    String unique = name;
    for (int i = 2; !taken.add(unique.toLowerCase(Locale.ROOT)); i++) {
      unique = stem + "-" + i + extension;
    }
    return unique;
  }

  /** The first image that is a URL, if it was fetched. */
  private Optional<StoredImage> fetched() {
    JsonObject urls = SentRequest.toJson(request, image -> image.url().orElse(""));
    return urls.asMap().values().stream()
        .filter(value -> value instanceof JsonPrimitive text && text.isString())
        .flatMap(value -> images.fetched(value.getAsString()).stream())
        .findFirst();
  }

  /** The name of the file of an image, or its URL. */
  String file(Image image) {
    String file = files.get(image);
    return file == null ? image.url().orElseThrow() : file;
  }

  /** The request with the names of the files. */
  String json() {
    JsonObject json = SentRequest.toJson(request, this::file);
    return PRETTY.toJson(json) + "\n";
  }

  /**
   * Writes the ZIP.
   *
   * @param withPreview whether it has an image too that the request has as a URL, for display
   */
  void writeTo(OutputStream out, boolean withPreview) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    zip.setLevel(Deflater.BEST_SPEED); // images are compressed
    zip.putNextEntry(new ZipEntry(REQUEST));
    zip.write(json().getBytes(StandardCharsets.UTF_8));
    for (Map.Entry<Image, String> file : files.entrySet()) {
      zip.putNextEntry(new ZipEntry(file.getValue()));
      try (InputStream in = file.getKey().open()) {
        in.transferTo(zip);
      }
    }
    Optional<StoredImage> preview = withPreview ? fetched() : Optional.empty();
    if (preview.isPresent()) {
      zip.putNextEntry(new ZipEntry(PREVIEW));
      zip.write(preview.get().bytes());
    }
    zip.finish();
    out.flush();
  }
}
