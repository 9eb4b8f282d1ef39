package io.github.aimlvideo.cli.batch.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The violations in a manifest; the same violation in many rows is one line. */
final class Violations {
  private final Map<String, List<Integer>> rows = new LinkedHashMap<>();

  /** Adds a violation in a column; null for one of the whole row. */
  void add(int row, @Nullable String column, String violation) {
    String place = column == null ? "" : ", column " + column;
    rows.computeIfAbsent(place + ": " + violation, key -> new ArrayList<>()).add(row);
  }

  /** Adds a violation whose message begins with the property, which names the column. */
  void add(int row, String violation) {
    String column = violation.split("[ .:\\[]", 2)[0];
    String prefix = column + ": ";
    boolean twice = violation.startsWith(prefix);
    add(row, column, twice ? violation.substring(prefix.length()) : violation);
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Such as {@code rows 2-4, 7, column duration: duration = 7 must be 5 or 10}. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    rows.forEach(
        (violation, numbers) ->
            lines.add((numbers.size() == 1 ? "row " : "rows ") + ranges(numbers) + violation));
    return lines;
  }

  private static String ranges(List<Integer> numbers) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < numbers.size(); ) {
      int first = numbers.get(i);
      int last = first;
      while (++i < numbers.size() && numbers.get(i) <= last + 1) last = numbers.get(i);
      text.append(text.isEmpty() ? "" : ", ").append(first);
      if (last > first) text.append('-').append(last);
    }
    return text.toString();
  }
}
