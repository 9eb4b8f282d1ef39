package io.github.aimlvideo.benchmarks.report;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a run has found, as a table, as Markdown and as JSON. */
public record Report(
    String date,
    String command,
    Environment environment,
    List<Finding> findings,
    List<String> failedRows) {
  /** What follows this line in RESULTS.md is written by hand, and kept. */
  private static final String KEPT = "<!-- scripts/bench keeps what follows -->";

  private static final List<String> HEAD =
      List.of("row", "what", "of", "figure", "range", "at most", "met");

  public static Report of(
      String command, Environment environment, List<Finding> findings, List<String> failedRows) {
    return new Report(LocalDate.now().toString(), command, environment, findings, failedRows);
  }

  public boolean isAllMet() {
    return failedRows.isEmpty() && findings.stream().allMatch(Finding::isMet);
  }

  public String table() {
    List<List<String>> lines = new ArrayList<>(List.of(HEAD));
    for (Finding f : findings)
      lines.add(
          List.of(
              f.row(),
              f.what(),
              f.peer(),
              f.figureText(),
              f.rangeText(),
              f.barText(),
              f.verdict()));
    for (String row : failedRows)
      lines.add(List.of(row, "could not be measured", "", "", "", "", "NO"));
    lines.add(1, HEAD.stream().map(head -> "---").toList());
    int[] widths = new int[HEAD.size()];
    for (List<String> line : lines)
      for (int i = 0; i < widths.length; i++) widths[i] = Math.max(widths[i], line.get(i).length());
    return lines.stream().map(line -> line(line, widths)).collect(Collectors.joining("\n"));
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++)
      line.append(String.format(" %-" + widths[i] + "s |", cells.get(i)));
    return line.toString();
  }

  public void writeJson(Path file) throws IOException {
    String json = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(this);
    Files.writeString(file, json + "\n");
  }

  /** Rewrites the file up to the line that says that the rest is kept. */
  public void writeMarkdown(Path file) throws IOException {
    String before = Files.exists(file) ? Files.readString(file) : "";
    int kept = before.indexOf(KEPT);
    String rest = kept < 0 ? KEPT + "\n" : before.substring(kept);
    Files.writeString(file, markdown() + "\n" + rest);
  }

  private String markdown() {
    return """
        # Results

        Written by `%s` on %s. Figures are medians of all rounds; threads, late polls and generations that
        have not ended are the worst. A ratio is taken in each round, between peers that run side by side.

        - Machine: %d cores (%s), %d GB, %s; load before the run %.1f
        - JDK: %s
        - Libraries, the same for all peers: %s
        - Cold is a fresh JVM: the first 5,000 pairs, the first 10,000 generations, the first transfer.
        - The bars compare with `hand-written`, an asynchronous OkHttp + Gson loop. `hand-written, blocking` runs on the
          caller's thread. `generated` is OpenAPI Generator's default client; it, `fal-client` and `openai-java` block
          a thread for each generation.

        %s
        """
        .formatted(
            command,
            date,
            environment.cores(),
            environment.processor(),
            environment.memoryGb(),
            environment.system(),
            environment.load(),
            environment.jdk(),
            String.join(", ", environment.libraries()),
            table());
  }
}
