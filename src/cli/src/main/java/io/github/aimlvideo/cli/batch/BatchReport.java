package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.BatchSummary;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.cli.batch.manifest.ManifestRow;
import io.github.aimlvideo.cli.batch.page.ResultsPage;
import io.github.aimlvideo.cli.batch.page.RowResult;
import io.github.aimlvideo.cli.terminal.Progress;
import io.github.aimlvideo.cli.terminal.TerminalText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reports the rows: a line for each on standard output when this run is done with it, and at the
 * end results.jsonl and the page. Safe for several threads.
 */
final class BatchReport {
  static final String RESULTS = "results.jsonl";

  private final BatchFiles files;
  private final BatchRows rows;
  private final boolean json;
  private final boolean quiet;
  private final PrintWriter out;
  private final Progress progress;
  private final BatchStatusLine statusLine;
  private final Set<String> reported = new HashSet<>();
  private final Set<String> warnings = new HashSet<>();
  private int doneBefore;
  private int failed;
  private boolean ended;

  /**
   * @param json prints each row as a JSON object
   * @param quiet prints only ids and errors to standard error
   */
  BatchReport(
      BatchFiles files,
      BatchRows rows,
      boolean json,
      boolean quiet,
      PrintWriter out,
      Progress progress) {
    this.files = files;
    this.rows = rows;
    this.json = json;
    this.quiet = quiet;
    this.out = out;
    this.progress = progress;
    statusLine = new BatchStatusLine(rows.manifest().size(), System::nanoTime);
  }

  /** Reports the rows that were done before; the work starts. */
  synchronized void start() {
    progress.show(statusLine);
    for (ManifestRow row : rows.manifest()) {
      if (rows.isDone(row.name())) rowDone(row.name());
    }
    doneBefore = reported.size();
    int toCreate = rows.in(RowState.NEW).size();
    int resumed = rows.manifest().size() - doneBefore - toCreate;
    inform(
        count(rows.manifest().size(), "row")
            + (doneBefore == 0 ? "" : ", " + doneBefore + " done before")
            + (resumed == 0 ? "" : ", " + resumed + " resumed")
            + (toCreate == 0 ? "" : ", " + toCreate + " to create"));
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** Shows how many rows are in which state. */
  synchronized void show(BatchSummary summary) {
    Map<String, Integer> states = new LinkedHashMap<>();
    states.put("waiting", (int) summary.count(RowState.NEW));
    states.put("creating", (int) summary.count(RowState.CREATING));
    states.put("downloading", (int) summary.count(RowState.COMPLETED));
    int running = (int) summary.count(RowState.RUNNING);
    statusLine.update(
        new BatchStatusLine.Counts(reported.size(), doneBefore, failed, running, states));
  }

  /** For the states of generations. */
  BatchStatusLine statusLine() {
    return statusLine;
  }

  /** This run is done with a row of the manifest. */
  synchronized void rowDone(String name) {
    RowResult result = rows.result(name);
    report(result);
    if (rows.state(name) == RowState.FAILED) failed++;
    if (result.reason() != null) print(name + ": " + result.reason());
  }

  /** Reports the rows that this run did not reach. */
  synchronized void reportRest() {
    rows.results().forEach(this::report);
  }

  private void report(RowResult result) {
    if (!reported.add(result.name())) return;
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

  /** Such as {@code 97 completed, 2 failed, 1 unknown; cost: $27.16 (54320000 credits)}. */
  String counts() {
    List<RowResult> results = rows.results();
    Map<String, Long> counts =
        results.stream()
            .collect(Collectors.groupingBy(RowResult::status, TreeMap::new, Collectors.counting()));
    String text =
        counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    return text + RowResult.cost(results, Cost::toString).map(cost -> "; cost: " + cost).orElse("");
  }

  /**
   * Writes the page while the batch runs; it reloads by itself until it is written at the end.
   *
   * @param known all rows as they are now
   */
  void writePage(String title, List<BatchRow> known) throws IOException {
    List<RowResult> results = rows.results(known);
    synchronized (files) {
      if (!ended) writePage(title, results, true);
    }
  }

  private void writePage(String title, List<RowResult> results, boolean running)
      throws IOException {
    files.write(
        ResultsPage.FILE, page -> ResultsPage.write(page, files.folder, title, results, running));
  }

  /** Writes results.jsonl and the page, each whole or not at all. */
  void write(String title) throws IOException {
    List<RowResult> results = rows.results();
    files.write(
        RESULTS,
        lines -> {
          for (RowResult result : results) lines.write(result.toJson(files.folder) + "\n");
        });
    synchronized (files) {
      ended = true;
      writePage(title, results, false);
    }
  }
}
