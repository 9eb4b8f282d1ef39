package io.github.aimlvideo;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** A format of images, detected by the first bytes. */
public enum ImageType {
  PNG("image/png", head -> has(head, 0, "\u0089PNG\r\n\u001a\n")),
  JPEG("image/jpeg", head -> has(head, 0, "\u00ff\u00d8\u00ff")),
  WEBP("image/webp", head -> has(head, 0, "RIFF") && has(head, 8, "WEBP")),
  GIF("image/gif", head -> has(head, 0, "GIF87a") || has(head, 0, "GIF89a")),
  BMP("image/bmp", head -> has(head, 0, "BM"));

  /** The bytes that {@link #of} needs. */
  static final int HEAD = 12;

  private final String mediaType;
  private final Predicate<byte[]> matches;

  ImageType(String mediaType, Predicate<byte[]> matches) {
    this.mediaType = mediaType;
    this.matches = matches;
  }

  /** The name in HTTP and in data URIs, such as {@code image/png}. */
  public String mediaType() {
    return mediaType;
  }

  static Optional<ImageType> of(byte[] head) {
    return Arrays.stream(values()).filter(type -> type.matches.test(head)).findFirst();
  }

  private static boolean has(byte[] head, int offset, String latin1) {
    if (head.length < offset + latin1.length()) return false;
    for (int i = 0; i < latin1.length(); i++) {
      if ((head[offset + i] & 0xff) != latin1.charAt(i)) return false;
    }
    return true;
  }
}
