package io.github.aimlvideo.cli.batch.page;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Text, numbers and times as HTML. */
final class HtmlText {
  private static final int REPLACEMENT = 0xFFFD;

  private HtmlText() {}

  /** Escaped for content and for quoted attributes. */
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
      default -> html.appendCodePoint(isText(character) ? character : REPLACEMENT);
    }
  }

  /** HTML allows no control characters, and UTF-8 no single surrogates. */
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
