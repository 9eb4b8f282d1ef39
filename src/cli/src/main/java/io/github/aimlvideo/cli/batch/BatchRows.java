package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.cli.batch.journal.JournalEntry;
import io.github.aimlvideo.cli.batch.journal.RowStage;
import io.github.aimlvideo.cli.batch.manifest.ManifestRow;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rows of the manifest, and those that only the journal has, with their states. */
final class BatchRows {
  private final Map<String, RowState> states = new LinkedHashMap<>();
  private final Map<String, RowState> removed = new TreeMap<>();

  BatchRows(List<ManifestRow> rows) {
    for (ManifestRow row : rows) states.put(row.name(), new RowState(row));
  }

  /** The rows of the manifest. */
  Collection<RowState> states() {
    return states.values();
  }

  /** A warning if rows are no longer in the manifest. */
  Optional<String> warning() {
    String names = String.join(", ", removed.keySet());
    return removed.isEmpty()
        ? Optional.empty()
        : Optional.of("warning: rows no longer in the manifest, ignored: " + names);
  }

  /**
   * Applies the journal.
   *
   * @param now by the clock of this run
   */
  void apply(List<JournalEntry> journal, Instant now) {
    for (JournalEntry entry : journal) {
      RowState state = states.get(entry.row());
      if (state == null) {
        state =
            removed.computeIfAbsent(entry.row(), name -> new RowState(ManifestRow.removed(name)));
      }
      state.apply(entry, now);
    }
  }

  /** Adds what all rows have cost to the budget. */
  void charge(CreditBudget budget) {
    removed.values().forEach(state -> state.charge(budget));
    states.values().forEach(state -> state.charge(budget));
  }

  /** Why rows do not fit the journal or the folder. */
  List<String> violations(BatchFiles files, boolean retryFailed) {
    return states.values().stream()
        .flatMap(state -> files.violation(state, retryFailed).stream())
        .toList();
  }

  /** The rows that a run creates, if nothing stops it. */
  List<ManifestRow> toCreate(BatchSettings settings) {
    return states.values().stream()
        .filter(
            state ->
                state.isUnsent()
                    || state.is(RowStage.FAILED) && settings.retryFailed()
                    || state.is(RowStage.CREATING) && settings.resubmitUnknown())
        .map(state -> state.row)
        .toList();
  }

  /** Whether a run can do something else than to create rows. */
  boolean hasUnfinished() {
    return states.values().stream()
        .anyMatch(
            state ->
                state.is(RowStage.CREATING)
                    || state.is(RowStage.CREATED)
                    || state.is(RowStage.COMPLETED));
  }
}
