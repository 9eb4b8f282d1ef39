package io.github.aimlvideo.internal.values;

import org.jspecify.annotations.Nullable;

/**
 * Text for messages, logs and {@code toString}, none of which is longer than its parts justify: a
 * value is shortened to 100 characters, a whole message to 2,000.
 */
public final class ShortText {
  private static final int MAX_VALUE = 100;
  private static final int MAX_MESSAGE = 2000;

  /** The end of a message names ids and files. */
  private static final int END = 600;

  private ShortText() {}

  /** The beginning of a value in one line, without the content of a data URI. */
  public static String value(@Nullable Object value) {
    String text = String.valueOf(value);
    boolean uri = text.regionMatches(true, 0, "data:", 0, 5);
    if (!uri && text.length() <= MAX_VALUE) return oneLine(text);
    int end = uri ? Math.min(text.indexOf(',') + 1, MAX_VALUE) : MAX_VALUE;
    return oneLine(text.substring(0, cut(text, end))) + length(text);
  }

  /** A message; the beginning and the end of one that is too long. */
  public static String message(String text) {
    if (text.length() <= MAX_MESSAGE) return text;
    String begin = text.substring(0, cut(text, MAX_MESSAGE - END - 50));
    return begin + length(text) + " ..." + text.substring(cut(text, text.length() - END));
  }

  private static String length(String text) {
    return "... (" + text.length() + " characters)";
  }

  /** Between two characters, not within one. */
  private static int cut(String text, int at) {
    return at > 0 && Character.isHighSurrogate(text.charAt(at - 1)) ? at - 1 : at;
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\R", " ");
  }

  /** The properties of a generated class, for its {@code toString}. */
  public static final class Properties {
    private final StringBuilder text;
    private String separator = "{";

    public Properties(String type) {
      text = new StringBuilder(type);
    }

    /** Adds a property; a long string is shortened. */
    public Properties with(String name, @Nullable Object value) {
      String shown = value instanceof String ? value(value) : String.valueOf(value);
      text.append(separator).append(name).append('=').append(shown);
      separator = ", ";
      return this;
    }

    @Override
    public String toString() {
      return message(text + (separator.equals("{") ? "{}" : "}"));
    }
  }
}
