package io.github.aimlvideo.internal.values;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Base64 as programs write it: in lines, in the URL-safe alphabet, or without padding. */
public final class Base64Text {
  private Base64Text() {}

  /** The decoded bytes; empty if it is not Base64. */
  public static Optional<byte[]> decode(String text) {
    byte[] compact = new byte[text.length()];
    int length = 0;
    for (byte c : text.getBytes(StandardCharsets.ISO_8859_1)) {
      if (c == '-') c = '+';
      if (c == '_') c = '/';
      if (c != ' ' && c != '\t' && c != '\r' && c != '\n') compact[length++] = c;
    }
    try {
      return Optional.of(Base64.getDecoder().decode(Arrays.copyOf(compact, length)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
