package io.github.aimlvideo.internal.http;

import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.Headers;

/** Takes the key out of what a server says, as it is and escaped for JSON, URLs or HTML. */
final class KeyRedactor {
  private static final String REPLACEMENT = Matcher.quoteReplacement("(the key)");

  /** A shorter key may occur in a text by chance. */
  private static final int MIN_KEY_LENGTH = 8;

  /** One character of the key; in UTF-16 zeros follow it. Bounded, so that no text takes long. */
  private static final String CHARACTER =
      "(?:\\\\{0,8}%1$s|(?i:\\\\{1,8}u00%2$s|%%(?:25){0,4}%2$s|&#0{0,5}%3$d;|&#x0{0,5}%2$s;))\0{0,3}";

  private final String key;
  private final Pattern pattern;

  KeyRedactor(String key) {
    this.key = key;
    pattern = Pattern.compile(key.chars().mapToObj(KeyRedactor::any).collect(Collectors.joining()));
  }

  private static String any(int character) {
    String hex = String.format(Locale.ROOT, "%02x", character);
    String raw = Pattern.quote(Character.toString(character));
    return String.format(Locale.ROOT, CHARACTER, raw, hex, character);
  }

  String redact(String text) {
    return contains(text) ? pattern.matcher(text).replaceAll(REPLACEMENT) : text;
  }

  Headers redact(Headers headers) {
    if (!contains(headers.toString())) return headers;
    Headers.Builder redacted = new Headers.Builder();
    headers.forEach(
        header -> redacted.addUnsafeNonAscii(header.getFirst(), redact(header.getSecond())));
    return redacted.build();
  }

  /** The exception itself unless it quotes the key; its causes may quote it too. */
  IOException redact(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (contains(cause.toString())) return new IOException(redact("" + failure.getMessage()));
    }
    return failure;
  }

  private boolean contains(String text) {
    if (key.length() < MIN_KEY_LENGTH) return false;
    if (text.contains(key)) return true;
    boolean escapes = text.indexOf('\\') >= 0 || text.indexOf('%') >= 0 || text.indexOf('&') >= 0;
    return (escapes || text.indexOf('\0') >= 0) && pattern.matcher(text).find();
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "KeyRedactor";
  }
}
