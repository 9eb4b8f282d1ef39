package io.github.aimlvideo.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The findings in columns, which read the same on a terminal and as Markdown. */
final class Table {
  private static final List<String> HEAD = List.of("row", "what", "of", "figure", "bar", "met");

  private Table() {}

  static String of(Results results) {
    List<List<String>> lines = new ArrayList<>(List.of(HEAD));
    for (Finding f : results.findings()) {
      lines.add(List.of(f.row(), f.what(), f.peer(), f.figure(), f.limit(), f.verdict()));
    }
    for (String row : results.failedRows()) {
      lines.add(List.of(row, "could not be measured", "", "", "", "NO"));
    }
    int[] widths = new int[HEAD.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    lines.add(1, HEAD.stream().map(head -> "---").toList());
    return lines.stream().map(line -> line(line, widths)).collect(Collectors.joining("\n"));
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      line.append(String.format(" %-" + widths[i] + "s |", cells.get(i)));
    }
    return line.toString();
  }

  /** The table with where it comes from. */
  static String markdown(Results results) {
    Machine machine = results.machine();
    String versions =
        results.versions().entrySet().stream()
            .map(version -> version.getKey() + " " + version.getValue())
            .collect(Collectors.joining(", "));
    return """
        # Results

        Written by `%s` on %s. Medians; threads and late polls are the worst of all rounds.

        - Machine: %d cores (%s), %d GB, %s; load before the run %.1f
        - JDK: %s
        - Versions, the same for all peers: %s
        - Lines without a bar are told for comparison. `generated` is what OpenAPI Generator makes of the
          contract with its defaults; it, `fal-client` and `openai-java` wait in a thread for each generation.

        %s
        """
        .formatted(
            results.command(),
            results.date(),
            machine.cores(),
            machine.processor(),
            machine.memoryGb(),
            machine.system(),
            machine.load(),
            machine.jdk(),
            versions,
            of(results));
  }
}
