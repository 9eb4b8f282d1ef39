package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.RowProblem;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.VideoBatch;
import io.github.aimlvideo.cli.ExitCode;
import io.github.aimlvideo.cli.batch.manifest.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Brings the database to the rows of the manifest, before anything is sent. */
final class RowChanges {
  private static final String CHANGED =
      "another request was sent under this name; undo the change to keep its video, choose another"
          + " name to make a new one, or replace it with --replace-changed";
  private static final String FAILED =
      "failed with its earlier request; to send the changed one, add --retry-failed";
  private static final String RUNNING =
      "changed, but the generation of its earlier request is still running; rerun the command later";

  private final VideoBatch batch;
  private final BatchRows rows;
  private final BatchReport report;
  private final BatchOutcome outcome;

  RowChanges(VideoBatch batch, BatchRows rows, BatchReport report, BatchOutcome outcome) {
    this.batch = batch;
    this.rows = rows;
    this.report = report;
    this.outcome = outcome;
  }

  /**
   * Adds new rows, replaces changed ones. In a folder, it forgets those that are no longer in the
   * manifest; in a database, somebody else may have added them.
   *
   * @throws Manifest.InvalidManifestException if rows do not fit; nothing was changed
   */
  void apply(boolean retryFailed, boolean replaceChanged) {
    List<BatchRow> others = rows.read(batch.rows());
    Set<String> replaced = new LinkedHashSet<>();
    Map<String, RowProblem> problems = batch.problems(rows.requests(List.of()));
    Map<String, String> kept = check(rows, problems, retryFailed, replaceChanged, replaced);
    Map<String, VideoRequest> requests = rows.requests(kept.keySet());
    Map<String, VideoRequest> changed = new LinkedHashMap<>(requests);
    changed.keySet().retainAll(replaced);
    requests.keySet().removeAll(replaced);
    batch.addAll(requests);
    batch.replaceAll(changed);
    kept.forEach(this::keep);
    if (!rows.isShared()) others.forEach(row -> batch.remove(row.name()));
    if (retryFailed) rows.in(RowState.FAILED).forEach(batch::retry);
    batch.checkPrices();
    warn(rows.read(batch.rows()));
  }

  /**
   * Returns the changed rows that keep their earlier requests, with the reasons.
   *
   * @param found why rows cannot be added, by their names
   * @param replaced receives those that get their new ones
   */
  static Map<String, String> check(
      BatchRows rows,
      Map<String, RowProblem> found,
      boolean retryFailed,
      boolean replaceChanged,
      Set<String> replaced) {
    Map<String, RowProblem> problems = new LinkedHashMap<>(found);
    Map<String, String> kept = new LinkedHashMap<>();
    for (String name : new ArrayList<>(problems.keySet())) {
      if (problems.get(name) != RowProblem.CHANGED) continue;
      problems.remove(name);
      RowState state = rows.state(name);
      boolean free = state == RowState.NEW || state == RowState.FAILED && retryFailed;
      if (free || replaceChanged && state.isEnd()) replaced.add(name);
      else if (state == RowState.FAILED) kept.put(name, FAILED);
      else kept.put(name, replaceChanged ? RUNNING : CHANGED);
    }
    List<String> violations = rows.violations(problems, retryFailed);
    if (!violations.isEmpty()) {
      kept.forEach((name, reason) -> violations.add(rows.place(name) + ": " + reason));
      throw new Manifest.InvalidManifestException(violations);
    }
    return kept;
  }

  private void keep(String name, String reason) {
    rows.setReason(name, reason);
    outcome.add(ExitCode.FAILED);
  }

  private void warn(List<BatchRow> others) {
    warn(others, RowState::isEnd, "no longer in the manifest, ignored");
    warn(
        others,
        state -> !state.isEnd() && state != RowState.NEW,
        "no longer in the manifest, finished, as they may be paid for");
    warn(
        others,
        state -> state == RowState.NEW,
        "not in the manifest, created too, as the batch is shared");
  }

  private void warn(List<BatchRow> others, Predicate<RowState> states, String what) {
    String names =
        others.stream()
            .filter(row -> states.test(row.state()))
            .map(BatchRow::name)
            .sorted()
            .collect(Collectors.joining(", "));
    if (!names.isEmpty()) report.print("warning: rows " + what + ": " + names);
  }
}
