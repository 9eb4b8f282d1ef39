package io.github.aimlvideo.cli.terminal;

/**
 * Text of others, such as a server, on its way to a person: one line, on which control and format
 * characters are visible as JSON escapes. So JSON stays JSON with the same content, and no text can
 * move the cursor, turn the line around or forge another line.
 */
public final class TerminalText {
  /** What a person reads of a text of a server. */
  public static final int MAX_LENGTH = 500;

  private static final int MAX_MESSAGE = 2000;
  private static final String CUT = "...";

  private TerminalText() {}

  /** A text of a server, or a line that has one: about 500 characters of it. */
  public static String line(String text) {
    return line(text, MAX_LENGTH);
  }

  /** A message of this program, whatever it quotes: about 2000 characters of it. */
  public static String message(String text) {
    return line(text, MAX_MESSAGE);
  }

  /** A text that is useless unless it is whole, such as JSON or a command. */
  public static String whole(String text) {
    return line(text, Integer.MAX_VALUE);
  }

  private static String line(String text, int maxLength) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      int c = text.codePointAt(i);
      String shown = isHidden(c) ? escape(c) : Character.toString(c);
      if (line.length() + shown.length() > maxLength) return line.append(CUT).toString();
      line.append(shown);
    }
    return line.toString();
  }

  /** Whether a terminal obeys a character, or does not show it, instead of drawing it. */
  public static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  /** As in a JSON string. */
  static String escape(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> {
        StringBuilder escaped = new StringBuilder();
        for (char unit : Character.toChars(c)) escaped.append(String.format("\\u%04x", (int) unit));
        yield escaped.toString();
      }
    };
  }
}
