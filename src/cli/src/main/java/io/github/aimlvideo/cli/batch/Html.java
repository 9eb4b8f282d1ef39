package io.github.aimlvideo.cli.batch;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Text from anywhere as HTML. */
final class Html {
  private static final int NO_CHARACTER = 0xFFFD;

  private Html() {}

  /** As it reads, between tags and within quotes. */
  static String text(String text) {
    StringBuilder html = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      append(html, text.codePointAt(i));
    }
    return html.toString();
  }

  private static void append(StringBuilder html, int character) {
    switch (character) {
      case '&' -> html.append("&amp;");
      case '<' -> html.append("&lt;");
      case '>' -> html.append("&gt;");
      case '"' -> html.append("&quot;");
      case '\'' -> html.append("&#39;");
      default -> html.appendCodePoint(isText(character) ? character : NO_CHARACTER);
    }
  }

  /** HTML has no place for a control character, nor UTF-8 for half of a pair. */
  private static boolean isText(int character) {
    int type = Character.getType(character);
    return type != Character.SURROGATE
        && (type != Character.CONTROL || character == '\n' || character == '\t');
  }

  /** Such as 12,345.67, with all digits. */
  static String number(Number number) {
    DecimalFormat format =
        new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setMaximumFractionDigits(30);
    return format.format(number);
  }

  /** Such as 42 s, 4 min 9 s, 1 h 2 min. */
  static String time(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) return whole + " s";
    if (whole < 3600) return whole / 60 + " min " + whole % 60 + " s";
    return number(whole / 3600) + " h " + whole % 3600 / 60 + " min";
  }
}
