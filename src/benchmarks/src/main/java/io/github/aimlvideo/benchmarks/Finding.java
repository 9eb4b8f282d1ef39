package io.github.aimlvideo.benchmarks;

import java.util.Locale;

/** One line of the table: a figure and, where the line is judged, its bar. */
record Finding(String row, String what, String peer, double value, String unit, Bar bar) {
  /** What a figure must reach. */
  record Bar(double limit, boolean atMost) {
    boolean isMetBy(double value) {
      return atMost ? value <= limit : value >= limit;
    }
  }

  /** A figure that is only told. */
  static Finding told(String row, String what, String peer, double value, String unit) {
    return new Finding(row, what, peer, value, unit, null);
  }

  Finding atMost(double limit) {
    return new Finding(row, what, peer, value, unit, new Bar(limit, true));
  }

  Finding atLeast(double limit) {
    return new Finding(row, what, peer, value, unit, new Bar(limit, false));
  }

  boolean isJudged() {
    return bar != null;
  }

  boolean isMet() {
    return bar == null || bar.isMetBy(value);
  }

  String figure() {
    return format(value) + unit;
  }

  String limit() {
    return isJudged() ? (bar.atMost ? "at most " : "at least ") + format(bar.limit) + unit : "";
  }

  String verdict() {
    return !isJudged() ? "" : isMet() ? "yes" : "NO";
  }

  private static String format(double value) {
    String form =
        value == Math.rint(value) || value >= 1000 ? "%,.0f" : value >= 10 ? "%.1f" : "%.3g";
    return String.format(Locale.ROOT, form, value);
  }
}
