package io.github.aimlvideo.benchmarks.report;

import java.util.Locale;

/**
 * One line of the table.
 *
 * @param low the lowest of all rounds
 * @param high the highest of all rounds
 * @param bar what the figure may be at most, or null if there is no bar
 */
public record Finding(
    String row,
    String what,
    String peer,
    double figure,
    double low,
    double high,
    String unit,
    Double bar) {
  public boolean isMet() {
    return bar == null || figure <= bar;
  }

  String figureText() {
    return format(figure) + unit;
  }

  String rangeText() {
    return low == high ? "" : format(low) + " to " + format(high);
  }

  String barText() {
    return bar == null ? "" : format(bar) + unit;
  }

  String verdict() {
    return bar == null ? "" : isMet() ? "yes" : "NO";
  }

  private static String format(double value) {
    String form =
        value == Math.rint(value) || value >= 1000 ? "%,.0f" : value >= 10 ? "%.1f" : "%.3f";
    return String.format(Locale.ROOT, form, value);
  }
}
