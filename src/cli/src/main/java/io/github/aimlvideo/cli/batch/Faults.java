package io.github.aimlvideo.cli.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wrong with a manifest; the same fault of many rows is one line. */
final class Faults {
  private final Map<String, List<Integer>> rows = new LinkedHashMap<>();

  /** Adds a fault of a cell; the column is null if it is one of the row. */
  void add(int row, @Nullable String column, String fault) {
    String place = column == null ? "" : ", column " + column;
    rows.computeIfAbsent(place + ": " + fault, unknown -> new ArrayList<>()).add(row);
  }

  /** Adds a fault that begins with the property, which is the column. */
  void add(int row, String fault) {
    add(row, fault.split("[ .:\\[]", 2)[0], fault);
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Such as {@code rows 2-4, 7, column duration: duration = 7 must be 5 or 10}. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    rows.forEach(
        (fault, numbers) ->
            lines.add((numbers.size() == 1 ? "row " : "rows ") + ranges(numbers) + fault));
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
