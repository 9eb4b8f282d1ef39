package io.github.aimlvideo.cli.batch.page;

import io.github.aimlvideo.account.Cost;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers, times and costs, as the page shows them. */
final class PageText {
  private static final BigDecimal CENT = new BigDecimal("0.01");

  private PageText() {}

  /** Such as 12,345.67, with all digits. */
  static String number(Number number) {
    return format("#,##0.###", number);
  }

  /** Such as 42 s, 4 min 9 s, 1 h 2 min. */
  static String time(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) return whole + " s";
    if (whole < 3600) return whole / 60 + " min " + whole % 60 + " s";
    return number(whole / 3600) + " h " + whole % 3600 / 60 + " min";
  }

  /** Such as 94,500.5 credits ($0.05). */
  static String cost(Cost cost) {
    return number(cost.credits()) + " credits (" + dollars(cost.usd()) + ")";
  }

  /** To the cent; below a cent, two digits. */
  private static String dollars(BigDecimal dollars) {
    boolean small = dollars.abs().compareTo(CENT) < 0;
    BigDecimal rounded =
        small ? dollars.round(new MathContext(2)) : dollars.setScale(2, RoundingMode.HALF_UP);
    return "$" + format("#,##0.00#", rounded);
  }

  private static String format(String pattern, Number number) {
    DecimalFormat format =
        new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setMaximumFractionDigits(30);
    return format.format(number);
  }
}
