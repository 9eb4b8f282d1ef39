package io.github.aimlvideo.cli.studio.code;

import java.util.ArrayList;
import java.util.List;

/** Texts as literals of Java. */
final class JavaText {
  /** The limit of the compiler for a constant, in bytes of its modified UTF-8. */
  private static final int MAX_CONSTANT = 65_534;

  /** A character has at most three of these bytes. */
  private static final int PART = MAX_CONSTANT / 3;

  private JavaText() {}

  /** Whether the compiler accepts it as a constant. */
  static boolean isConstant(String text) {
    return text.chars().mapToLong(unit -> unit > 0 && unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3).sum()
        <= MAX_CONSTANT;
  }

  /** Parts that the compiler accepts. */
  static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    for (int start = 0, end; start < text.length(); start = end) {
      end = Math.min(start + PART, text.length());
      boolean inPair =
          end < text.length() && Character.isSurrogatePair(text.charAt(end - 1), text.charAt(end));
      if (inPair) end--;
      parts.add(text.substring(start, end));
    }
    return parts;
  }

  static String literal(String text) {
    StringBuilder literal = new StringBuilder();
    text.codePoints().forEach(character -> literal.append(escaped(character)));
    return quoted(literal);
  }

  /** Literals of at most this width, which end after a line of the text or between words. */
  static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int words = 0; // the length of the words that are complete
    for (int character : text.codePoints().toArray()) {
      String escaped = escaped(character);
      if (line.length() > 0 && line.length() + escaped.length() + 2 > width) {
        int end = words > 0 ? words : line.length();
        lines.add(quoted(line.substring(0, end)));
        line.delete(0, end);
        words = 0;
      }
      line.append(escaped);
      if (character == ' ') words = line.length();
      if (character == '\n') {
        lines.add(quoted(line));
        line.setLength(0);
        words = 0;
      }
    }
    if (line.length() > 0 || lines.isEmpty()) lines.add(quoted(line));
    return lines;
  }

  private static String quoted(CharSequence escaped) {
    return "\"" + escaped + "\"";
  }

  /**
   * Visible characters as they are. A backslash is never a Unicode escape, as the compiler reads
   * those before it reads the literal.
   */
  private static String escaped(int character) {
    return switch (character) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case ' ' -> " ";
      default -> {
        if (isVisible(character)) yield Character.toString(character);
        if (character < 0x80) yield "\\" + Integer.toOctalString(01000 + character).substring(1);
        StringBuilder units = new StringBuilder();
        for (char unit : Character.toChars(character)) {
          units.append("\\u").append(Integer.toHexString(0x10000 + unit).substring(1));
        }
        yield units.toString();
      }
    };
  }

  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
