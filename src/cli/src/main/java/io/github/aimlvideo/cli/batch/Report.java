package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.cli.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Tells how the rows stand: a line for each on standard output as soon as this run is done with it,
 * and in the end results.jsonl and the page.
 */
final class Report {
  private static final String RESULTS = "results.jsonl";

  private final Path folder;
  private final Collection<RowState> states;
  private final boolean json;
  private final boolean quiet;
  private final PrintWriter out;
  private final Progress progress;
  private final BatchLine line;
  private final Set<RowState> told = new HashSet<>();
  private int toldBefore;
  private int failed;
  private final Set<String> warnings = new HashSet<>();

  /** On standard output objects if {@code json}, and beside it nothing but failures if quiet. */
  Report(
      Path folder,
      Collection<RowState> states,
      boolean json,
      boolean quiet,
      PrintWriter out,
      Progress progress) {
    this.folder = folder;
    this.states = states;
    this.json = json;
    this.quiet = quiet;
    this.out = out;
    this.progress = progress;
    line = new BatchLine(states.size());
    progress.show(line);
  }

  /** What follows takes time. */
  void begun() {
    toldBefore = told.size();
    say(states.size() + " rows, " + toldBefore + " done before");
  }

  void inFlight(int generations) {
    line.now(new BatchLine.Counts(told.size(), toldBefore, failed, generations));
  }

  /** This run is done with the row. */
  void settled(RowState state) {
    RowResult result = state.result();
    tell(state, result);
    if (state.is(Step.FAILED)) failed++;
    if (result.reason() != null) print(result.name() + ": " + result.reason());
  }

  /** The rows that this run has not come to. */
  void settleRest() {
    for (RowState state : states) tell(state, state.result());
  }

  private void tell(RowState state, RowResult result) {
    if (!told.add(state)) return;
    String line = json ? result.toJson(folder) : result.toLine(folder);
    progress.around(() -> out.println(line));
  }

  /** On standard error, unless it is to be quiet. */
  void say(String line) {
    if (!quiet) print(line);
  }

  /** On standard error. */
  void print(String line) {
    progress.print(line);
  }

  /** The same for a thousand rows is told once. */
  synchronized void warned(String warning) {
    if (warnings.add(warning)) say("warning: " + warning);
  }

  /** Such as {@code 97 completed, 2 failed, 1 unknown}. */
  String counts() {
    Map<String, Long> counts =
        states.stream()
            .map(state -> state.result().status())
            .collect(Collectors.groupingBy(status -> status, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  /** Writes both files, each whole or not at all. */
  void write(String title) throws IOException {
    List<RowResult> results = states.stream().map(RowState::result).toList();
    Path part = folder.resolve("." + RESULTS + ".part");
    try {
      try (Writer lines = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
        for (RowResult result : results) lines.write(result.toJson(folder) + "\n");
      }
      Files.move(part, folder.resolve(RESULTS), StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
    Page.write(folder, title, results);
  }
}
