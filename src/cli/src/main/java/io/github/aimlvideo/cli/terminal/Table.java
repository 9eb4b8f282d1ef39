package io.github.aimlvideo.cli.terminal;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jline.utils.WCWidth;

/**
 * Rows for standard output: in columns on a terminal, for a program one line each with tabs between
 * the cells, without headers. No cell is ever cut, as it may be there to be copied: columns that do
 * not fit beside the others continue on a second line, below a cell that is too wide.
 */
public final class Table {
  private static final int GAP = 2;
  private static final int INDENT = 2;

  private final List<String> headers = new ArrayList<>();
  private final List<Integer> usualWidths = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * Adds a column.
   *
   * @param usualWidth of its cells; where not all columns fit, wider cells do not widen it
   */
  public Table column(String header, int usualWidth) {
    headers.add(header);
    usualWidths.add(usualWidth);
    return this;
  }

  /** Adds a row with a cell for each column. */
  public void row(String... cells) {
    rows.add(Stream.of(cells).map(TerminalText::whole).toList());
  }

  /** Whether standard output is a terminal, so that a person reads the rows. */
  public static boolean isForPerson() {
    return TerminalProbe.outputColumns().isPresent();
  }

  /** Prints all rows. */
  public void print(PrintWriter out) {
    OptionalInt width = TerminalProbe.outputColumns();
    List<String> lines =
        width.isPresent()
            ? lines(width.getAsInt())
            : rows.stream().map(cells -> String.join("\t", cells)).toList();
    lines.forEach(out::println);
  }

  /** The lines on a terminal of a width. */
  List<String> lines(int width) {
    List<Integer> widths = widths(width);
    List<List<Integer>> groups = groups(widths, width);
    List<String> lines = new ArrayList<>();
    for (List<String> cells : all()) {
      for (List<Integer> group : groups) {
        addLines(lines, cells, group, widths, group.get(0) == 0 ? 0 : INDENT);
      }
    }
    return lines;
  }

  private List<List<String>> all() {
    List<List<String>> all = new ArrayList<>();
    all.add(headers);
    all.addAll(rows);
    return all;
  }

  /** Those of the widest cells if all columns fit then, else the usual ones. */
  private List<Integer> widths(int width) {
    List<Integer> widest =
        IntStream.range(0, headers.size())
            .mapToObj(c -> all().stream().mapToInt(cells -> width(cells.get(c))).max().orElse(0))
            .toList();
    int total = widest.stream().mapToInt(each -> each + GAP).sum() - GAP;
    if (total <= width) return widest;
    return IntStream.range(0, headers.size())
        .mapToObj(column -> Math.min(widest.get(column), usualWidths.get(column)))
        .toList();
  }

  /** The columns that are beside each other. */
  private static List<List<Integer>> groups(List<Integer> widths, int width) {
    List<List<Integer>> groups = new ArrayList<>();
    int used = 0;
    for (int column = 0; column < widths.size(); column++) {
      if (groups.isEmpty() || used + GAP + widths.get(column) > width) {
        used = (groups.isEmpty() ? 0 : INDENT) + widths.get(column);
        groups.add(new ArrayList<>());
      } else {
        used += GAP + widths.get(column);
      }
      groups.get(groups.size() - 1).add(column);
    }
    return groups;
  }

  private static void addLines(
      List<String> lines, List<String> cells, List<Integer> group, List<Integer> widths, int from) {
    StringBuilder line = new StringBuilder();
    int start = from;
    for (int column : group) {
      String cell = cells.get(column);
      if (column != group.get(0) && width(line) + GAP > start) {
        lines.add(line.toString());
        line.setLength(0);
      }
      if (!cell.isEmpty()) line.append(" ".repeat(start - width(line))).append(cell);
      start += widths.get(column) + GAP;
    }
    if (!line.isEmpty()) lines.add(line.toString());
  }

  private static int width(CharSequence text) {
    return text.codePoints().map(c -> Math.max(WCWidth.wcwidth(c), 0)).sum();
  }
}
