package io.github.aimlvideo;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** A format of images, detected by the first bytes. */
public enum ImageType {
  PNG("image/png", head -> head.startsWith("\u0089PNG\r\n\u001a\n")),
  JPEG("image/jpeg", head -> head.startsWith("\u00ff\u00d8\u00ff")),
  WEBP("image/webp", head -> head.startsWith("RIFF") && head.startsWith("WEBP", 8)),
  GIF("image/gif", head -> head.startsWith("GIF87a") || head.startsWith("GIF89a")),
  BMP("image/bmp", head -> head.startsWith("BM") && head.startsWith("\0\0\0\0", 6)); // reserved

  /** The number of bytes that {@link #of} needs. */
  private static final int HEAD = 12;

  private final String mediaType;
  private final Predicate<String> matches;

  ImageType(String mediaType, Predicate<String> matches) {
    this.mediaType = mediaType;
    this.matches = matches;
  }

  /** The name in HTTP and in data URIs, such as {@code image/png}. */
  public String mediaType() {
    return mediaType;
  }

  static Optional<ImageType> of(byte[] image) {
    int length = Math.min(image.length, HEAD);
    String head = new String(image, 0, length, StandardCharsets.ISO_8859_1);
    return Arrays.stream(values()).filter(type -> type.matches.test(head)).findFirst();
  }
}
