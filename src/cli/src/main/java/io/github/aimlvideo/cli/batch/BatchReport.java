package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.cli.batch.journal.Journal;
import io.github.aimlvideo.cli.batch.journal.RowStage;
import io.github.aimlvideo.cli.batch.page.ResultsPage;
import io.github.aimlvideo.cli.batch.page.RowResult;
import io.github.aimlvideo.cli.terminal.Progress;
import io.github.aimlvideo.cli.terminal.TerminalText;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reports the rows: a line for each on standard output when this run is done with it, and at the
 * end results.jsonl and the page.
 */
final class BatchReport {
  static final String RESULTS = Journal.RESULTS;

  private final BatchFiles files;
  private final Collection<RowState> states;
  private final boolean json;
  private final boolean quiet;
  private final PrintWriter out;
  private final Progress progress;
  private final BatchStatusLine statusLine;
  private final Set<RowState> reported = new HashSet<>();
  private int doneBefore;
  private int failed;
  private final Set<String> warnings = new HashSet<>();

  /**
   * @param json prints each row as a JSON object
   * @param quiet prints only ids and errors to standard error
   */
  BatchReport(
      BatchFiles files,
      Collection<RowState> states,
      boolean json,
      boolean quiet,
      PrintWriter out,
      Progress progress) {
    this.files = files;
    this.states = states;
    this.json = json;
    this.quiet = quiet;
    this.out = out;
    this.progress = progress;
    statusLine = new BatchStatusLine(states.size(), System::nanoTime);
    progress.show(statusLine);
  }

  /**
   * The rows that were done before have been reported; the work starts.
   *
   * @param toCreate rows without a create; the others are resumed
   */
  void start(int toCreate) {
    doneBefore = reported.size();
    int resumed = states.size() - doneBefore - toCreate;
    inform(
        count(states.size(), "row")
            + (doneBefore == 0 ? "" : ", " + doneBefore + " done before")
            + (resumed == 0 ? "" : ", " + resumed + " resumed")
            + (toCreate == 0 ? "" : ", " + toCreate + " to create"));
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** Shows how many rows are in which state beside those whose generations run. */
  void showStates(Map<String, Integer> rows) {
    statusLine.update(new BatchStatusLine.Counts(reported.size(), doneBefore, failed, rows));
  }

  /** For the states of generations. */
  BatchStatusLine statusLine() {
    return statusLine;
  }

  /** This run is done with the row. */
  void rowDone(RowState state) {
    RowResult result = state.result();
    report(state, result);
    if (state.is(RowStage.FAILED)) failed++;
    if (result.reason() != null) print(result.name() + ": " + result.reason());
  }

  /** Reports the rows that this run did not reach. */
  void reportRest() {
    for (RowState state : states) report(state, state.result());
  }

  private void report(RowState state, RowResult result) {
    if (!reported.add(state)) return;
    String line = json ? result.toJson(files.folder) : result.toLine(files.folder);
    progress.withLineErased(() -> out.println(line));
  }

  /** Prints to standard error, unless quiet. */
  void inform(String line) {
    if (!quiet) print(line);
  }

  /** Prints to standard error; most lines have a text of the server. */
  void print(String line) {
    progress.print(TerminalText.line(line));
  }

  /** Prints a warning, once for all rows. */
  synchronized void warn(String warning) {
    if (warnings.add(warning)) inform("warning: " + warning);
  }

  /** Such as {@code 97 completed, 2 failed, 1 unknown; credits used: 9,700}. */
  String counts() {
    List<RowResult> results = states.stream().map(RowState::result).toList();
    Map<String, Long> counts =
        results.stream()
            .collect(Collectors.groupingBy(RowResult::status, TreeMap::new, Collectors.counting()));
    String rows =
        counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    return rows
        + RowResult.credits(results, BigDecimal::toPlainString)
            .map(credits -> "; credits used: " + credits)
            .orElse("");
  }

  /** Writes results.jsonl and the page, each whole or not at all. */
  void write(String title) throws IOException {
    List<RowResult> results = states.stream().map(RowState::result).toList();
    files.write(
        RESULTS,
        lines -> {
          for (RowResult result : results) lines.write(result.toJson(files.folder) + "\n");
        });
    files.write(ResultsPage.FILE, page -> ResultsPage.write(page, files.folder, title, results));
  }
}
