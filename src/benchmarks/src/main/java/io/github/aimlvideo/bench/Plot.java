package io.github.aimlvideo.bench;

import java.util.List;
import java.util.Locale;

/** The findings as a picture: how far each is from its bar, and what a create and a look cost. */
final class Plot {
  private static final int WIDTH = 1000;
  private static final int LEFT = 330;
  private static final int LINE = 26;

  /** Pixels up to the bar. */
  private static final double TO_BAR = 180;

  private static final String MET = "#2a7f5f";
  private static final String MISSED = "#c0392b";
  private static final String PEER = "#8aa1b4";

  private final StringBuilder svg = new StringBuilder();
  private int y = 40;

  private Plot() {}

  static String of(Results results) {
    Plot plot = new Plot();
    plot.judged(results.findings().stream().filter(Finding::isJudged).toList());
    plot.compared("CPU of one create and one look", results, "create-look", "CPU");
    plot.compared("Bytes allocated for them", results, "create-look", "allocated");
    plot.compared("CPU of the flight", results, "flight", "CPU");
    plot.compared("Threads of the flight", results, "flight", "threads");
    plot.compared("Heap of each generation in flight", results, "flight", "heap each");
    return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="13">
        <rect width="100%%" height="100%%" fill="white"/>
        %s</svg>
        """
        .formatted(WIDTH, plot.y, plot.svg);
  }

  private void judged(List<Finding> judged) {
    if (judged.isEmpty()) return;
    title("How much of what its bar allows each figure takes");
    int top = y;
    for (Finding f : judged) {
      // what must be small takes its share of the bar, what must be large the inverse
      double limit = f.bar().limit();
      double share = f.bar().atMost() ? f.value() / limit : limit / f.value();
      if (limit == 0) share = f.value() == 0 ? 0 : Double.POSITIVE_INFINITY;
      String text = f.figure() + " (" + f.limit() + ")";
      line(f.row() + ": " + f.what(), share * TO_BAR, f.isMet() ? MET : MISSED, text);
    }
    append(
        "<line x1=\"%1$.0f\" y1=\"%2$d\" x2=\"%1$.0f\" y2=\"%3$d\" stroke=\"black\""
            + " stroke-dasharray=\"4 3\"/>\n",
        LEFT + TO_BAR, top - 4, y - 4);
    y += LINE;
  }

  private void compared(String title, Results results, String row, String what) {
    List<Finding> compared =
        results.findings().stream()
            .filter(f -> f.row().equals(row) && f.what().equals(what))
            .toList();
    if (compared.isEmpty()) return;
    title(title);
    double largest = compared.stream().mapToDouble(Finding::value).max().orElseThrow();
    for (Finding f : compared) {
      String colour = f.peer().equals("aiml-video") ? MET : PEER;
      line(f.peer(), 2 * TO_BAR * f.value() / largest, colour, f.figure());
    }
    y += LINE;
  }

  private void title(String text) {
    append("<text x=\"20\" y=\"%d\" font-size=\"16\" font-weight=\"bold\">%s</text>\n", y, text);
    y += LINE;
  }

  /** A bar that is too long ends with an arrow. */
  private void line(String name, double length, String colour, String figure) {
    double most = 2 * TO_BAR;
    double shown = Math.max(1, Math.min(length, most));
    append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n", LEFT - 10, y + 13, name);
    append(
        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"18\" fill=\"%s\"/>\n",
        LEFT, y, shown, colour);
    String arrow = length > most ? "\u25b6 " : "";
    append("<text x=\"%.1f\" y=\"%d\">%s%s</text>\n", LEFT + shown + 6, y + 13, arrow, figure);
    y += LINE;
  }

  private void append(String form, Object... values) {
    svg.append(String.format(Locale.ROOT, form, values));
  }
}
